import { parseArn, isAccountNumber } from "../../documents/arn";
import { demands } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { known } from "../../documents/statements";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";
import { limitsSource } from "../../iam/limits";
import { hasUnknownPrincipal } from "../../iam/principals";
import { trustOf } from "../../iam/resourcePolicies";
import { servicesIn } from "../../iam/serviceTrust";
import type { Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";

export const trustPods: Rule = {
  id: "trust-pods",
  title: "A role for pods names their cluster's account, their namespace and their service account",
  why: "EKS lets any pod take on the role that an association or a token fits, so whoever may make one in another namespace reads the same",
  remedy:
    "Ask for aws:RequestTag/kubernetes-namespace, /kubernetes-service-account and /eks-cluster-arn, each in full but the cluster's name; with tokens, for the whole `system:serviceaccount:NAMESPACE:NAME` as the provider's `:sub`",
  severity: "high",
  level: "mandatory",
  references: [
    "Amazon EKS user guide: create IAM role with trust policy required by EKS Pod Identity",
    "Amazon EKS user guide: assign IAM roles to Kubernetes service accounts",
  ],
  resource: {
    types: [types.role],
    check: (resource) => judgeStatements(trustOf(resource), judge),
  },
};

function judge(statement: Statement): StatementFinding {
  if (statement.effect === "Deny") return undefined;
  if (isForTokens(statement) && !namesSubject(statement))
    return "lets in pods of more than one service account by their tokens";
  const missing = missingOf(statement);
  if (missing.length === 0) return statement.effect === unknown && isForPods(statement) ? unknown : undefined;
  if (isForPods(statement)) return `lets pods in without naming their ${missing.join(" and ")}`;
  return hasUnknownPrincipal(statement) ? unknown : undefined;
}

function isForPods(statement: Statement): boolean {
  return servicesIn(statement).includes("pods.eks");
}

/** What Pod Identity says in tags of the session, and the statement does not ask for. */
function missingOf(statement: Statement): readonly string[] {
  const names = (tag: string, inFull: (value: string) => boolean) =>
    demands(statement, `aws:requesttag/${tag}`).some(
      ({ values }) => values.length > 0 && known(values).every(inFull),
    );
  return [
    ...(names("eks-cluster-arn", namesAccount) || limitsSource(statement) ? [] : ["cluster's account"]),
    ...(names("kubernetes-namespace", isWhole) ? [] : ["namespace"]),
    ...(names("kubernetes-service-account", isWhole) ? [] : ["service account"]),
  ];
}

function isWhole(value: string): boolean {
  return value !== "" && !/[*?]/.test(value);
}

function namesAccount(value: string): boolean {
  return isAccountNumber(parseArn(value)?.account ?? "");
}

/** The issuer of a cluster's tokens stands in the provider's ARN. */
function isForTokens({ principals }: Statement): boolean {
  return principals.some(
    ({ kind, value }) => kind === "Federated" && value !== unknown && /\boidc[.-]eks\./.test(value),
  );
}

/** Of one service account, or of each that it lists: namespace and name in full. */
function namesSubject(statement: Statement): boolean {
  const keys = statement.conditions.map(({ key }) => key).filter((key) => key.endsWith(":sub"));
  return demands(statement, ...keys).some(
    ({ values }) =>
      values.length > 0 &&
      known(values).every((value) => /^system:serviceaccount:[^:*?]+:[^:*?]+$/.test(value)),
  );
}
