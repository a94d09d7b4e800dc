/** The ARN of what the manifest's `reads` names so: `webhook-signing-key`, or `billing/token` of another service. */
export function arnOf(item: string): string {
  const variable = `${item.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_ARN`;
  const arn = process.env[variable];
  if (arn === undefined || arn === "")
    throw new Error(`${variable} is not set; add ${item} to the consumer's \`reads\` in its manifest`);
  return arn;
}
