import { platformFunctionNames, platformPath } from "../plan/names";
import { administeredRotators } from "../plan/managedAdmin";
import type { Plan } from "../plan/types";
import type { EventPattern } from "./eventPattern";
import { any, differs, type FilterCondition, unequal } from "./filterPattern";
import { byNoneOf, rotationRoles } from "./records";

/**
 * The role by which a rotation function reads administrators' logins of database services: nobody else is to take it on. The
 * function calls from its security account, and both accounts record that.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
 */
export const administratorsRole = `${platformPath.slice(1)}${platformFunctionNames.administrators}`;

/** Who takes the role on as is meant, as one account records it. */
export interface AdministratorsAssumed {
  /**
   * The security account of a workload account, whose record of another account's call names no role; absent in a security
   * account, which records its own functions' calls.
   */
  readonly caller?: string;
}

/** @param environment of a workload account; undefined where no function reads by such a role */
export function administratorsAssumed(
  plan: Pick<Plan, "rotators">,
  account: string,
  environment: string | undefined,
): AdministratorsAssumed | undefined {
  const rotator = administeredRotators(plan).find((one) =>
    environment === undefined ? one.account === account : one.environment === environment,
  );
  if (rotator === undefined) return undefined;
  return environment === undefined ? {} : { caller: rotator.account };
}

const roleArn = `*:role/${administratorsRole}`;
const rotators = `*:role/${rotationRoles}`;

/** Not the rotation function that takes on the role. */
export function notByRotation({ caller }: AdministratorsAssumed): FilterCondition {
  return any(
    ...unequal("requestParameters.roleArn", [roleArn]),
    caller === undefined ? byNoneOf([rotationRoles]) : differs("userIdentity.accountId", [caller]),
  );
}

/** The same for EventBridge: that role, taken on by anybody else. */
export function administratorsTakenOn({ caller }: AdministratorsAssumed): EventPattern {
  const others: EventPattern =
    caller === undefined
      ? {
          sessionContext: {
            sessionIssuer: { arn: [{ exists: false }, { "anything-but": { wildcard: [rotators] } }] },
          },
        }
      : { accountId: [{ exists: false }, { "anything-but": [caller] }] };
  return {
    errorCode: [{ exists: false }],
    eventName: [{ prefix: "AssumeRole" }],
    userIdentity: { type: [{ "anything-but": ["AWSService"] }], ...others },
    requestParameters: { roleArn: [{ wildcard: roleArn }] },
  };
}

/** Roles of the platform that rotate, but for that one. `*` in a rule stands for any characters wherever it is. */
export const otherRotationRoles = [
  `${rotationRoles}-*`,
  ...[platformFunctionNames.rollout, platformFunctionNames.rotationEvents].map(
    (name) => `${platformPath.slice(1)}${name}`,
  ),
];
