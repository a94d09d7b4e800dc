/**
 * Environment variable in which a process finds the ARN of an item it reads: `WEBHOOK_SIGNING_KEY_ARN` for
 * `webhook-signing-key`, `BILLING_TOKEN_ARN` for `billing/token`.
 */
export function referenceVariable(item: string): string {
  return `${item.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_ARN`;
}
