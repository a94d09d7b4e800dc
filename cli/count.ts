/** `1 finding`, `2 findings`; from a thousand on with commas. */
export function count(amount: number, what: string): string {
  return `${amount.toLocaleString("en")} ${what}${amount === 1 ? "" : "s"}`;
}
