import { detectionsOf } from "../../../../model/detection/account";
import type { Detections, MetricFilter, RecordExample } from "../../../../model/detection/types";
import type { Plan } from "../../../../model/plan/types";

/** A record that a declaration says its filter matches. */
export interface Declared {
  /** Stack of the account. */
  readonly account: string;
  readonly filter: MetricFilter;
  readonly record: RecordExample;
  readonly detections: Detections;
}

/** The records of all declarations, as the accounts of a plan would record them. */
export function declaredRecords(plan: Plan): readonly Declared[] {
  return plan.organisation.stacks.flatMap((stack) => {
    const detections = detectionsOf(plan, stack);
    return detections.filters.flatMap((filter) =>
      (filter.examples ?? []).map((example) => ({
        account: stack.name,
        filter,
        record: { ...byPerson(stack.account), ...example },
        detections,
      })),
    );
  });
}

/** A call that succeeded, of somebody whom no declaration exempts. */
function byPerson(accountId: string): RecordExample {
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROA4BE03836226752A27:jo@example.com",
      arn: `arn:aws:sts::${accountId}:assumed-role/teams-developer/jo@example.com`,
      accountId,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          arn: `arn:aws:iam::${accountId}:role/teams-developer`,
          accountId,
          userName: "teams-developer",
        },
      },
    },
    eventTime: "2026-03-03T09:01:37Z",
    awsRegion: "eu-west-1",
    sourceIPAddress: "198.51.100.20",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: "Management",
  };
}
