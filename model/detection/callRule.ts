import { isSingleSignOn } from "../aws/singleSignOn";
import type { Organisation } from "../organisation/types";
import { roleArn } from "../plan/arns";
import { callRecords, type EventPattern, type EventValue } from "./eventPattern";
import { recordedName } from "./records";
import type { EventRule } from "./types";

export interface AccountScope extends Pick<Organisation, "partition"> {
  readonly account: string;
}

/** A call told the moment it happens, with all that is known of who made it. */
export function callRule(id: string, description: string, detail: EventPattern): EventRule {
  return {
    id,
    description,
    pattern: { "detail-type": [callRecords], detail },
    includesReads: true,
    message: {
      fields: {
        call: "$.detail.eventName",
        service: "$.detail.eventSource",
        who: "$.detail.userIdentity.arn",
        address: "$.detail.sourceIPAddress",
        time: "$.detail.eventTime",
        region: "$.region",
        account: "$.account",
        event: "$.detail.eventID",
      },
      title: "<call> in account <account>",
      description: "<who> called <call> of <service> from <address> at <time> in <region>.",
      nextSteps: [
        "Ask whether it was meant; if nobody knows, revoke the sessions of that role in IAM",
        "The whole record is in the trail's log group: event <event>",
      ],
    },
  };
}

/** Calls that succeeded, by none of these roles. */
export function callsOfOthers(account: AccountScope, roles: readonly string[]): EventPattern {
  return { errorCode: [{ exists: false }], ...issuedByOthers(account, roles) };
}

/** By none of these roles, whose names may hold wildcards; users and root have no role behind them. */
export function issuedByOthers(account: AccountScope, roles: readonly string[]): EventPattern {
  if (roles.length === 0) return {};
  const arns = roles.map((role) => roleWildcard(account, role));
  const known = arns.some((arn) => arn.includes("*")) ? { wildcard: arns } : arns;
  return {
    userIdentity: {
      sessionContext: {
        sessionIssuer: { arn: [{ "anything-but": known }, { exists: false }, ...roles.flatMap(resembling)] },
      },
    },
  };
}

/**
 * A role's ARN as EventBridge compares it, which has `*` and no `?`. Of a single sign-on role as short as may be: nobody
 * but AWS makes roles under `aws-reserved/`, and only Identity Center any so called.
 */
function roleWildcard(account: AccountScope, role: string): string {
  return isSingleSignOn(role) ? `*:role/aws-reserved/*${shortName(role)}` : roleArn(account, "/", role);
}

/**
 * What that takes of a single sign-on role beside it: those of permission sets whose names end or begin like its own.
 * An underscore stands neither before `SSO` in its name nor in what AWS adds behind.
 */
function resembling(role: string): readonly EventValue[] {
  if (!isSingleSignOn(role)) return [];
  const name = shortName(role);
  return [`*_*${name}`, ...(name.endsWith("_*") ? [`*${name}_*`] : [])].map((wildcard) => ({ wildcard }));
}

/** `SSO_Deployer_*` of `AWSReservedSSO_Deployer_????????????????` */
function shortName(role: string): string {
  return recordedName(role).slice("AWSReserved".length);
}
