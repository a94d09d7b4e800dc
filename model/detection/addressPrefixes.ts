/**
 * IPv4 ranges as the patterns a metric filter can compare with: `10.20.0.0/16` is `10.20.*`. A range that does not end
 * on a dot becomes several, at most 128. CloudTrail writes addresses in dotted form.
 */
export function addressPrefixes(range: string): readonly string[] {
  const [address = "", lengthText] = range.split("/");
  const length = Number(lengthText ?? 32);
  const octets = address.split(".").map(Number);
  const whole = Math.floor(length / 8);
  const free = length % 8;
  if (free === 0) return [pattern(octets.slice(0, whole))];
  const count = 2 ** (8 - free);
  const first = Math.floor((octets[whole] ?? 0) / count) * count;
  return Array.from({ length: count }, (_, index) => pattern([...octets.slice(0, whole), first + index]));
}

function pattern(octets: readonly number[]): string {
  return octets.length === 4 ? octets.join(".") : `${octets.map((octet) => `${octet}.`).join("")}*`;
}
