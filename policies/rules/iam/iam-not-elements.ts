import type { Statement } from "../../documents/document";
import { identityPoliciesOf, identityPolicyTypes } from "../../iam/identityPolicies";
import { keyPolicyTypes, resourcePolicyOf, secretPolicyTypes, trustOf } from "../../iam/resourcePolicies";
import type { Resource } from "../../view/resource";
import type { Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { judgeStatements, type PlacedDocument, type StatementFinding } from "../../documents/judgeStatements";

const beside = [...keyPolicyTypes, ...secretPolicyTypes, types.topic, types.topicPolicy];

export const iamNotElements: Rule = {
  id: "iam-not-elements",
  title: "An allow says what it allows, not what it leaves out",
  why: "NotAction, NotResource and NotPrincipal allow whatever AWS or anyone adds later",
  remedy: "List actions, resources and principals, and keep the Not elements to denials",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV_AWS_365", "AWS IAM user guide: NotPrincipal with Allow"],
  resource: {
    types: [...identityPolicyTypes, ...beside],
    check: (resource) => judgeStatements(documentsOf(resource), judge),
  },
};

function documentsOf(resource: Resource): readonly PlacedDocument[] {
  if (beside.includes(resource.type)) return resourcePolicyOf(resource);
  if (resource.type === types.role) return [...trustOf(resource), ...identityPoliciesOf(resource)];
  return identityPoliciesOf(resource);
}

function judge({
  at,
  effect,
  notActions,
  notResources,
  notPrincipals,
  unknownParts,
}: Statement): StatementFinding {
  if (effect === "Deny") return undefined;
  if (unknownParts.includes(`Statement[${at}]`)) return unknown;
  const used = [
    ...(notActions.length > 0 ? ["NotAction"] : []),
    ...(notResources.length > 0 ? ["NotResource"] : []),
    ...(notPrincipals.length > 0 ? ["NotPrincipal"] : []),
  ];
  if (used.length === 0) return undefined;
  return effect === unknown ? unknown : `allows by ${used.join(" and ")}`;
}
