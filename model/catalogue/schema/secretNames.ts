import { secretName } from "./names";

/**
 * A name near to one that ends as Secrets Manager's ARNs do, and that a secret may have: `api-token` for `api-tokens`,
 * `client-secret-value` for `client-secret`. Undefined where the name is wrong in another way as well.
 * @param taken names that the service's other secrets and parameters have
 */
export function nearSecretName(name: string, taken: readonly string[]): string | undefined {
  if (!/-.{6}$/.test(name)) return undefined;
  const joined = name.replace(/-(?=[^-]*$)/, "");
  const candidates = [
    name.replace(/s$/, ""),
    `${name}-value`,
    `${name}-1`,
    joined,
    // One more than may be taken.
    ...Array.from({ length: taken.length + 1 }, (_, index) => `${name}-${index + 2}`),
    ...Array.from({ length: taken.length + 1 }, (_, index) => `${joined.slice(0, -4)}${index + 2}`),
  ];
  return candidates.find(
    (candidate) =>
      candidate !== name && !taken.includes(candidate) && secretName().safeParse(candidate).success,
  );
}
