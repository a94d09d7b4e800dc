import assert from "node:assert/strict";
import { Access, type AccessRequest } from "../../../../model/access/access";
import { type GateName, refusal } from "../../../../model/access/gates";
import { arnsOf, documentsOf, type World } from "./world";

/** Cases that AWS's pages decide, each with its page. */

const guide = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const pages = {
  logic: `${guide}/reference_policies_evaluation-logic.html`,
  order: `${guide}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
  abroad: `${guide}/reference_policies_evaluation-logic-cross-account.html`,
  boundaries: `${guide}/access_policies_boundaries.html`,
  principal: `${guide}/reference_policies_elements_principal.html`,
  operators: `${guide}/reference_policies_elements_condition_operators.html`,
  severalValues: `${guide}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  globalKeys: `${guide}/reference_policies_condition-keys.html`,
  resource: `${guide}/reference_policies_elements_resource.html`,
  notResource: `${guide}/reference_policies_elements_notresource.html`,
  action: `${guide}/reference_policies_elements_action.html`,
  controls:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html",
  keyPolicies: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  defaultKeyPolicy: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
  keyAbroad:
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html",
  keyConditions: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
  secretsKey: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
  secretsAbroad:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html",
  secretPolicies:
    "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html",
  secureStrings:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html",
  byPath: "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html",
  shared:
    "https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html",
  endpoints: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
} as const;

export interface DocumentedCase extends World {
  readonly name: string;
  readonly page: keyof typeof pages;
  readonly action?: AccessRequest["action"];
  readonly way?: AccessRequest["way"];
  readonly through?: "vpce-1";
  /** The gate that refuses; absent: allowed. */
  readonly refusedBy?: GateName;
}

/** One test for each. */
export function itDecides(cases: readonly DocumentedCase[]): void {
  for (const {
    name,
    page,
    action = "secretsmanager:GetSecretValue",
    way,
    through,
    refusedBy,
    ...world
  } of cases) {
    it(`${name} (${pages[page].replace(/^.*\//, "")})`, () => {
      const { principal, secret, parameter } = arnsOf(world);
      const decision = new Access(documentsOf(world)).decide({
        principal,
        item: action.startsWith("ssm:") ? parameter : secret,
        action,
        ...(way && { way }),
        ...(through && { endpoint: through }),
      });
      assert.equal(refusal(decision)?.gate, refusedBy);
      assert.equal(decision.allowed, refusedBy === undefined);
    });
  }
}
