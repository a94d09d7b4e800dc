import type { Organisation } from "../organisation/types";
import { roleArn } from "../plan/arns";
import { callRecords, type EventPattern } from "./eventPattern";
import { roleWildcard } from "./records";
import type { EventNotice } from "./types";

export interface AccountScope extends Pick<Organisation, "partition"> {
  readonly account: string;
}

/** A call told the moment it happens, with all that is known of who made it. */
export function callNotice(id: string, description: string, detail: EventPattern): EventNotice {
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
  const arns = roles.map((role) => roleArn(account, "/", roleWildcard(role)));
  const known = arns.some((arn) => arn.includes("*")) ? { wildcard: arns } : arns;
  return {
    userIdentity: {
      sessionContext: { sessionIssuer: { arn: [{ "anything-but": known }, { exists: false }] } },
    },
  };
}
