import { isSingleSignOn, singleSignOnPath } from "../aws/singleSignOn";
import {
  elsewhereStep,
  hostedStackPrefix,
  platformPath,
  platformRoleNames,
  rotatorName,
  servicesPath,
} from "../plan/names";
import { all, any, equals, type FilterCondition, isOther, missing, present, unequal } from "./filterPattern";

/**
 * What CloudTrail's records say, as conditions of metric filters.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */

/** The role behind a session; missing for users, root, services and callers of another account. */
const issuer = "userIdentity.sessionContext.sessionIssuer.arn";

const parameterContext = "requestParameters.encryptionContext.PARAMETER_ARN";

/** `path/name`, `*` at its end allowed. */
export function byRole(role: string): FilterCondition {
  return equals(issuer, roleEnding(role));
}

/**
 * By anybody but these roles: users, root and foreign accounts have no role. Single sign-on roles are known by path and
 * name together, as anybody may give another role such a name.
 */
export function byNoneOf(roles: readonly string[]): FilterCondition {
  const plain = roles.filter((role) => !isSingleSignOn(role));
  const names = roles.filter(isSingleSignOn).map((role) => `*/${recordedName(role)}`);
  const noSingleSignOn = any(
    ...unequal(issuer, [`*:role/${singleSignOnPath}*`]),
    all(...unequal(issuer, names)),
  );
  return any(
    missing(issuer),
    all(...unequal(issuer, plain.map(roleEnding)), ...(names.length === 0 ? [] : [noSingleSignOn])),
  );
}

/** The end of a role's ARN; partition and account say nothing, since foreign callers come without a role. */
function roleEnding(role: string): string {
  return `*:role/${role}`;
}

/** A role's name as IAM records it: without its path; `*` at its end for whatever wildcards stand there. */
export function recordedName(nameWithPath: string): string {
  return nameWithPath.slice(nameWithPath.lastIndexOf("/") + 1).replace(/[*?]+$/, "*");
}

/** Roles of consumers. */
export const consumerRoles = `${servicesPath.slice(1)}*`;

/** Of consumers' roles, those of what runs in the platform's network; the others' path ends otherwise. */
export const fromNetwork = all(...unequal(issuer, [`*/${elsewhereStep}/*`]));

/** Roles of the platform's own rotation functions. */
export const rotationRoles = `${platformPath.slice(1)}${rotatorName("", "").slice(0, -1)}*`;

/** Role of those who may read parameters, and no secret. */
export const developerRole = `${platformPath.slice(1)}${platformRoleNames.developers}`;

/** Roles of the rotation applications AWS publishes. */
export const hostedRotationRoles = `${hostedStackPrefix}sp*`;

/**
 * Roles that AWS makes for its own services; nobody else can make one or assume one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 */
export const serviceLinkedRoles = "aws-service-role/*";

/** A value was read by name: `GetSecretValue`, one call for many, and every way to get parameters. */
export const readByName = any(equals("eventName", "*GetSecretValue"), equals("eventName", "GetParameter*"));

/**
 * A secret was read, or a SecureString was decrypted: a call for several parameters names them in a list, while each
 * decryption names one.
 */
export function readOf(environment: string): FilterCondition {
  const branch = `*/${environment}/*`;
  return any(
    all(equals("eventName", "*GetSecretValue"), equals("requestParameters.secretId", branch)),
    all(equals("eventName", "Decrypt"), equals(parameterContext, branch)),
  );
}

/** The same in an account that holds nothing but values of the platform: of a secret, or of a SecureString. */
export const readOfSecret = equals("eventName", "*GetSecretValue");
export const readOfParameter = all(equals("eventName", "Decrypt"), present(parameterContext));
export const readOfAny = any(readOfSecret, readOfParameter);

/** Not one of what AWS's services do for themselves. */
export const notByService = isOther("userIdentity.type", ["AWSService"]);

export const succeeded = missing("errorCode");

/** `AccessDenied`, or `AccessDeniedException`, as services spell it. */
export const denied = equals("errorCode", "AccessDenied*");
