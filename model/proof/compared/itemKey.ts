/** What an item goes by on both sides of a comparison: its ARN, of a secret without the six characters that AWS adds. */
export function itemKey(arn: string): string {
  const [, , service] = arn.split(":");
  return service === "secretsmanager" ? arn.replace(/-[^-/]{6}$/, "") : arn;
}
