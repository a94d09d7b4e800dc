import { secretName } from "./names";

/**
 * A name near to one that ends as Secrets Manager's ARNs do, and that a secret may have: `api-token` for `api-tokens`,
 * `client-secret-value` for `client-secret`. Undefined where the name is wrong in another way as well.
 * @param taken names that the service's other secrets and parameters have
 */
export function nearSecretName(name: string, taken: readonly string[]): string | undefined {
  if (!/-.{6}$/.test(name)) return undefined;
  const candidates = [name.replace(/s$/, ""), `${name}-value`, `${name}-1`, name.replace(/-(?=[^-]*$)/, "")];
  return candidates.find(
    (candidate) =>
      candidate !== name && !taken.includes(candidate) && secretName().safeParse(candidate).success,
  );
}
