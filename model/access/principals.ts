import { isObject } from "./conditions";
import type { Unmodelled } from "./notModelled";
import type { Principals } from "./subjects";

/** ARNs name a partition; accounts and roles of another one do not exist. */
const account = /^(?:arn:(?:aws|aws-cn|aws-us-gov):iam::(\d{12}):root|(\d{12}))$/;
const role = /^arn:(?:aws|aws-cn|aws-us-gov):iam::\d{12}:role\/[\w+=,.@/-]+$/;
/** What AWS puts in place of a role that was deleted: it means nobody any more. */
const deleted = /^A[A-Z]{3}[A-Z0-9]{16,}$/;

/**
 * The `Principal` element of a policy: accounts, roles, services, everybody. Users, sessions and federated principals are
 * not modelled.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function readPrincipals(principal: unknown, note: Unmodelled): Principals {
  const accounts = new Set<string>();
  const roles = new Set<string>();
  const services: string[] = [];
  let everybody = principal === "*";
  if (principal !== "*" && !isObject(principal)) note("a Principal that is neither * nor an object");
  if (isObject(principal) && Object.values(principal).flat().length === 0)
    note("a Principal that names nobody");
  for (const [kind, names] of isObject(principal) ? Object.entries(principal) : []) {
    if (kind !== "AWS" && kind !== "Service") {
      note(`a Principal of ${kind}`);
      continue;
    }
    const all: readonly unknown[] = Array.isArray(names) ? names : [names];
    if (kind === "Service") {
      services.push(...all.map(String));
      continue;
    }
    for (const name of all) {
      const text = typeof name === "string" ? name : "";
      const found = account.exec(text);
      if (text === "*") everybody = true;
      else if (found !== null) accounts.add(found[1] ?? found[2] ?? "");
      else if (role.test(text)) roles.add(text);
      else if (!deleted.test(text)) note(`the principal ${JSON.stringify(name)}`);
    }
  }
  return { everybody, accounts, roles, ...(services.length > 0 && { services }) };
}
