import type { NamedPolicy, PrincipalDocuments } from "../../access/input";
import { isObject } from "../../access/conditions";
import { groupBy } from "../../groupBy";
import { listOf, noteStrays, type ResourcesByType, type StackResource, textOf } from "./stack";

/** Roles of a stack, each with the policies that the stack gives it. `note` is told what is not read. */
export function rolesIn(
  resources: ResourcesByType,
  account: string,
  note: (reason: string) => void,
): readonly PrincipalDocuments[] {
  const attachments = groupBy(resources.all("attachment"), roleOf);
  const inline = groupBy(resources.all("rolePolicy"), roleOf);
  const managed = new Map(resources.all("policy").map((policy) => [textOf(policy, "arn"), policy]));
  const managedPolicy = (arn: string | undefined, of: string): NamedPolicy[] => {
    const policy = managed.get(arn);
    if (policy !== undefined)
      return [{ name: `policy ${nameOf(policy)}`, document: textOf(policy, "policy") ?? "" }];
    note(`the policy ${arn ?? "without an ARN"} of ${of}, which is not in its stack`);
    return [];
  };
  const names = new Set(resources.all("role").map(nameOf));
  const isRole = (name: string | undefined) => name !== undefined && names.has(name);
  noteStrays([...resources.all("attachment"), ...resources.all("rolePolicy")], isRole, "role", note);
  return resources.all("role").map((role) => {
    const name = nameOf(role);
    const said = `role ${name} in ${account}`;
    const boundary = textOf(role, "permissionsBoundary");
    const [limit] = boundary === undefined ? [] : managedPolicy(boundary, said);
    return {
      arn: textOf(role, "arn") ?? "",
      policies: [
        ...(inline.get(name) ?? []).map((policy) => ({
          name: `policy of the ${said}`,
          document: textOf(policy, "policy") ?? "",
        })),
        ...listOf(role, "inlinePolicies", note).map((policy) => ({
          name: `policy of the ${said}`,
          document: isObject(policy) && typeof policy["policy"] === "string" ? policy["policy"] : "",
        })),
        ...(attachments.get(name) ?? []).flatMap((one) => managedPolicy(textOf(one, "policyArn"), said)),
        ...listOf(role, "managedPolicyArns", note).flatMap((arn) => managedPolicy(String(arn), said)),
      ],
      ...(limit !== undefined && { boundary: limit }),
      trust: { name: `trust of the ${said}`, document: textOf(role, "assumeRolePolicy") ?? "" },
    };
  });
}

function roleOf(attached: StackResource): string | undefined {
  return textOf(attached, "role");
}

function nameOf(resource: StackResource): string {
  return textOf(resource, "name") ?? resource.urn;
}
