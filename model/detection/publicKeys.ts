import { publicKeysSuffix } from "../plan/names";
import { callRule, callsOfOthers } from "./callRule";
import { byOthers } from "./changes";
import type { DeclaredAlarm, Family } from "./declaration";
import { drift } from "./drift";
import type { EventPattern } from "./eventPattern";
import { all, any, equals, type FilterCondition, filterPattern, isTrue, oneOf } from "./filterPattern";
import { inFilters } from "./inFilters";
import { byNoneOf, rotationRoles, succeeded } from "./records";
import type { EventRule } from "./types";
import type { WatchedAccount } from "./watchedAccount";

/**
 * Who replaces the public keys of a key pair signs what verifiers then believe; who deletes them locks everybody out.
 * Rotation functions write them. Deployments make and retire them, and write over none. Nothing in a workload account,
 * which holds none.
 */
export const publicKeys: Family = (account) =>
  account.environment === undefined
    ? [
        {
          counts: {
            metric: "PublicKeysChanged",
            filters: inFilters("public-keys-changed", touching, (parts) =>
              filterPattern(all(any(...parts), ...besideRotation(account))),
            ),
          },
          alarm: changed,
          rule: told(account),
        },
      ]
    : [];

const source = "ssm.amazonaws.com";

const named = `*${publicKeysSuffix}`;

/**
 * Names DeleteParameters takes at most.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameters.html
 */
const mostNames = 10;

/**
 * Parameters are recorded as the call was made with them. A label could make verifiers that ask for one read an older set.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const touching: readonly FilterCondition[] = [
  all(
    oneOf("eventName", [
      "PutParameter",
      "DeleteParameter",
      "LabelParameterVersion",
      "UnlabelParameterVersion",
    ]),
    equals("requestParameters.name", named),
  ),
  all(
    equals("eventName", "DeleteParameters"),
    any(
      ...Array.from({ length: mostNames }, (_, index) => equals(`requestParameters.names[${index}]`, named)),
    ),
  ),
];

/** By anybody but a rotation function; a deployer may do all but write over what is there. */
function besideRotation(account: WatchedAccount): readonly FilterCondition[] {
  const others = byOthers(account);
  return [
    equals("eventSource", source),
    byNoneOf([rotationRoles]),
    ...(others.length === 0 ? [] : [any(isTrue("requestParameters.overwrite"), ...others)]),
    succeeded,
  ];
}

const changed: DeclaredAlarm = {
  id: "public-keys-changed",
  runbook:
    "Somebody other than a rotation function wrote, labelled or deleted the public keys of a key pair. With a key of their own among them they sign what verifiers believe; without the keys nothing verifies. " +
    "The notice of the same minute names who, and the record which parameter. " +
    "First: revoke their sessions in IAM, and have an administrator write the rotation function's last version back, which `aws ssm get-parameter-history` shows: a rotation alone would keep a foreign key for as long as tokens live. " +
    `A parameter that was deleted comes back empty with ${drift.putBack}, and \`npx platform rotate\` publishes the keys again. ` +
    "Then tell those who verify from when until when a foreign key was published, so that they take no token of that time.",
  trigger: { kind: "count", atLeast: 1, minutes: 5 },
};

/** The same calls for EventBridge. */
function told(account: WatchedAccount): EventRule {
  const ours = [{ suffix: publicKeysSuffix }];
  const overwritten: EventPattern = {
    ...callsOfOthers(account, [rotationRoles]),
    requestParameters: { name: ours, overwrite: [true] },
  };
  const touched: EventPattern = {
    ...callsOfOthers(account, [rotationRoles, ...account.deployers]),
    requestParameters: { $or: [{ name: ours }, { names: ours }] },
  };
  return callRule(
    "public-keys-changed",
    "The public keys of a key pair were written, labelled or deleted, and not by a rotation function: is it known to you?",
    {
      eventSource: [source],
      eventName: [
        "PutParameter",
        { prefix: "DeleteParameter" },
        "LabelParameterVersion",
        "UnlabelParameterVersion",
      ],
      $or: [overwritten, touched],
    },
  );
}
