import { isLimitedBy } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { hasUnknown, known } from "../../documents/statements";
import { resourcePolicyOf } from "../../iam/resourcePolicies";
import { allowsEverybody, hasUnknownPrincipal } from "../../iam/principals";
import type { Resource } from "../../view/resource";
import { finding, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { isPresent, textOf, unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const endpointPolicy: Rule = {
  id: "endpoint-policy",
  title: "An endpoint lets out whom and where to its policy says",
  why: "Without one anybody's credentials work through it, and a gateway to S3 leads from a closed network to every bucket there is",
  remedy:
    "Allow the account's roles by aws:PrincipalArn and aws:PrincipalOrgID, at a gateway to resources by aws:ResourceOrgID; anybody else only to read objects of buckets by name",
  severity: "high",
  level: "mandatory",
  references: ["AWS PrivateLink guide: endpoint policies", "NIST 800-53 AC-4"],
  stack: {
    types: [types.vpcEndpoint, types.vpcEndpointPolicy],
    *check(stack): Iterable<StackFinding> {
      const policies = policiesOf(stack);
      for (const endpoint of stack.ofType(types.vpcEndpoint)) {
        const kind = endpoint.props["vpcEndpointType"];
        // What stands in front of appliances takes no policy.
        if (textOf(kind) === "GatewayLoadBalancer") continue;
        const gateway = kind !== unknown && (!isPresent(kind) || textOf(kind) === "Gateway");
        const holders = [endpoint, ...(policies.get(endpoint.urn) ?? [])].filter(({ props }) =>
          isPresent(props["policy"]),
        );
        if (holders.length === 0) {
          yield { ...finding("policy", "is missing, so the endpoint is open"), urn: endpoint.urn };
        }
        for (const holder of holders) yield* judge(holder, gateway);
      }
    },
  },
};

/** Policies that stand beside their endpoint, by the endpoint's URN. */
function policiesOf(stack: Stack): ReadonlyMap<string, readonly Resource[]> {
  const policies = new Map<string, Resource[]>();
  for (const policy of stack.ofType(types.vpcEndpointPolicy)) {
    for (const { urn, type } of stack.referred(policy, "vpcEndpointId")) {
      if (type === types.vpcEndpoint) policies.set(urn, [...(policies.get(urn) ?? []), policy]);
    }
  }
  return policies;
}

function* judge(holder: Resource, gateway: boolean): Iterable<StackFinding> {
  const found = judgeStatements(resourcePolicyOf(holder), (statement) => findingOf(statement, gateway));
  for (const one of found) yield { ...one, urn: holder.urn };
}

function findingOf(statement: Statement, gateway: boolean): StatementFinding {
  if (statement.effect === "Deny" || readsByName(statement)) return undefined;
  const who = isLimitedBy(statement, "aws:principalarn", "aws:principalaccount", "aws:principalorgid");
  if (allowsEverybody(statement) && !who) return "lets everybody through";
  if (!gateway) return hasUnknownPrincipal(statement) && !who ? unknown : undefined;
  const where =
    isLimitedBy(statement, "aws:resourceaccount", "aws:resourceorgid", "s3:resourceaccount") ||
    namesThings(statement);
  if (!where) return hasUnknown(statement.resources) ? unknown : "leads to things of anybody's";
  return undefined;
}

/** Nothing but objects of named buckets is read: what AWS itself offers for download has no principal of yours. */
function readsByName(statement: Statement): boolean {
  const actions = known(statement.actions);
  return (
    actions.length > 0 &&
    !hasUnknown(statement.actions) &&
    actions.every((action) => /^s3:getobject$/i.test(action)) &&
    namesThings(statement)
  );
}

/** Each resource names a bucket or table before its first wildcard. */
function namesThings({ resources }: Statement): boolean {
  return resources.length > 0 && !hasUnknown(resources) && known(resources).every((arn) => named.test(arn));
}

const named = /^arn:[^:*?]+:(?:s3:::[^*?/]+(?:\/.*)?|dynamodb:[^:]*:\d{12}:table\/[^*?]+.*)$/;
