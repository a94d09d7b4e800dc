import { roleArn } from "../plan/arns";
import { noticesTopicName, platformPath, platformRoleNames } from "../plan/names";
import { type AccountScope, callRule, callsOfOthers } from "./callRule";
import type { ChangeScope } from "./changeScope";
import { policyCalls } from "./changes";
import { custodyCalls } from "./custody";
import type { Family } from "./declaration";
import type { EventPattern } from "./eventPattern";
import {
  type AdministratorsAssumed,
  administratorsAssumed,
  administratorsTakenOn,
} from "./managedAdministrators";
import { podIssuers } from "./podIssuers";
import { assumingCalls } from "./takeover";
import { tamperingCalls } from "./tampering";
import type { EventRule } from "./types";
import type { WatchedAccount } from "./watchedAccount";

/** Calls that alarms count, told the moment they are made; few rules, each with as many calls as it has room for. */
export const callRules: Family = (account) => {
  const administered = administratorsAssumed(account.plan, account.account, account.environment);
  return [
    { rule: sensitiveCalls(account, account) },
    { rule: detectionChanged(account, account) },
    { rule: readerTakenOver(account, account, administered !== undefined) },
    ...(administered === undefined ? [] : [{ rule: administratorTakenOver(administered) }]),
  ];
};

/**
 * Who used break-glass, or changed what guards values or watches them, the moment it happens and with all that is
 * known. Comes from the account's own region; the alarms over the same calls hold for every region, and outlive a rule
 * that was removed.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
function sensitiveCalls(account: AccountScope, scope: ChangeScope): EventRule {
  return callRule(
    "sensitive-calls",
    "Break-glass was used, or what guards or watches values was changed: is it known to you?",
    {
      $or: [
        ...breakGlassCalls(account),
        ...(scope.environment === undefined ? [deletedAtOnce] : []),
        changingCalls(account, scope),
      ],
    },
  );
}

/** What silences alarms and notices without removing them; a rule of its own, since one has no room for both. */
function detectionChanged(account: AccountScope, scope: ChangeScope): EventRule {
  return callRule(
    "detection-changed",
    "An alarm, rule, channel, log group or the audit bucket was overwritten: is it known to you?",
    { ...callsOfOthers(account, scope.deployers), $or: tamperingCalls(scope) },
  );
}

/**
 * Ways to values that look like no read. IAM tells what becomes of roles in another region, where no rule of ours is:
 * that is left to the alarm.
 */
function readerTakenOver(
  account: Pick<WatchedAccount, keyof AccountScope | "plan" | "environment">,
  scope: ChangeScope,
  administered: boolean,
): EventRule {
  const issuers = podIssuers(account.plan, account.environment);
  return callRule(
    "reader-taken-over",
    "A consumer's or rotation function's role was assumed by hand, or what rotates, encrypts or copies values was changed: is it known to you?",
    {
      $or: [
        assumingCalls(issuers, administered),
        { ...callsOfOthers(account, scope.deployers), $or: custodyCalls(scope) },
      ],
    },
  );
}

/** A rule of its own, since the one before has no room for it. */
function administratorTakenOver(administered: AdministratorsAssumed): EventRule {
  return callRule(
    "administrator-taken-over",
    "The role that reads administrators' logins of database services was assumed by another than the rotation function: is it known to you?",
    administratorsTakenOn(administered),
  );
}

function breakGlassCalls(account: AccountScope): readonly EventPattern[] {
  const role = roleArn(account, platformPath, platformRoleNames.breakGlass);
  return [
    {
      eventName: ["GetSecretValue", { prefix: "GetParameter" }],
      userIdentity: { sessionContext: { sessionIssuer: { arn: [role] } } },
    },
    { eventName: [{ prefix: "AssumeRole" }], requestParameters: { roleArn: [role] } },
  ];
}

/** A workload account holds parameters only. */
function deletions(environment: string | undefined): EventPattern {
  if (environment === undefined)
    return { eventName: ["DeleteSecret", "DeleteParameter", "DeleteParameters"] };
  const branch = [{ wildcard: `*/${environment}/*` }];
  return {
    eventName: ["DeleteParameter", "DeleteParameters"],
    requestParameters: { $or: [{ name: branch }, { names: branch }] },
  };
}

/** Whoever does it: no window brings such a secret back. */
const deletedAtOnce: EventPattern = {
  eventName: ["DeleteSecret"],
  requestParameters: { forceDeleteWithoutRecovery: [true] },
};

function changingCalls(account: AccountScope, scope: ChangeScope): EventPattern {
  const { deployers, namePrefix, logGroup, environment } = scope;
  const calls = policyCalls(scope);
  const named = [{ prefix: `${namePrefix}-` }];
  return {
    ...callsOfOthers(account, deployers),
    $or: [
      { eventSource: Object.keys(calls), eventName: [...new Set(Object.values(calls).flat())] },
      ...(environment === undefined ? [{ eventSource: ["ram.amazonaws.com"], readOnly: [false] }] : []),
      deletions(environment),
      { eventSource: ["kms.amazonaws.com"], eventName: ["DisableKey", "ScheduleKeyDeletion"] },
      {
        eventSource: ["cloudtrail.amazonaws.com"],
        eventName: [{ suffix: "Trail" }, { suffix: "Logging" }, { suffix: "Selectors" }],
        readOnly: [false],
      },
      {
        eventName: [{ prefix: "Delete" }, { prefix: "Put" }, { prefix: "Disassociate" }],
        requestParameters: { logGroupName: [logGroup] },
      },
      { eventName: ["DeleteAlarms", "DisableAlarmActions"], requestParameters: { alarmNames: named } },
      { eventName: ["DisableRule", "DeleteRule"], requestParameters: { name: named } },
      { eventName: ["RemoveTargets"], requestParameters: { rule: named } },
      {
        eventName: ["DeleteTopic", "SetTopicAttributes"],
        requestParameters: { topicArn: [{ suffix: `:${noticesTopicName}` }] },
      },
      {
        eventName: ["Unsubscribe"],
        requestParameters: { subscriptionArn: [{ wildcard: `*:${noticesTopicName}:*` }] },
      },
    ],
  };
}
