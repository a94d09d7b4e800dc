import { recordingMetric } from "./changes";
import { type CisControl, cisPatterns } from "./cisPatterns";
import type { Declaration, Family } from "./declaration";
import { drift } from "./drift";

/** The controls whose records are answered alike share a metric, and so an alarm. */
export const cis: Family = ({ settings }) => [
  alarm({
    id: "unauthorised-calls",
    metric: "UnauthorisedCalls",
    controls: ["unauthorised-calls"],
    runbook:
      "Many calls were refused within five minutes (CIS 4.1). First: find who in the trail's log group by errorCode. A deployment that lacks a permission, or somebody trying doors: then revoke their sessions in IAM.",
    atLeast: settings.unauthorisedCalls,
  }),
  alarm({
    id: "unguarded-sign-in",
    metric: "UnguardedSignIns",
    controls: ["sign-in-without-mfa", "root-user"],
    runbook:
      "The root user acted, or somebody signed in to the console without a second factor (CIS 4.2, 4.3). First: call the account's owner. If it was not them, change the password, remove the access keys, and open an incident.",
  }),
  alarm({
    id: "failed-sign-ins",
    metric: "FailedSignIns",
    controls: ["failed-sign-ins"],
    runbook:
      "Sign-ins to the console failed (CIS 4.6). First: look at their addresses in the trail's log group; one address with many names is an attack: block it, and check that no sign-in from it succeeded.",
    atLeast: settings.failedSignIns,
  }),
  alarm({
    id: "permissions-changed",
    metric: "PermissionsChanged",
    controls: ["iam-policies", "organisation"],
    runbook: `IAM policies or the organisation were changed (CIS 4.4, 4.15), as deployments do. First: is one under way? Otherwise find who in the trail's log group; ${drift.shown} shows what of ours differs, ${drift.putBack} puts it back. A policy beside ours is to be deleted.`,
  }),
  alarm({
    id: "recording-changed",
    metric: recordingMetric,
    controls: ["trails", "config-recorder"],
    runbook: `A trail, AWS Config, or an alarm, rule, channel or log group of this platform, its audit bucket, its analyzer of access from outside, or flow logs were stopped, muted or changed (CIS 4.5, 4.9), as the deployment of a trail does. First: is one under way? Otherwise somebody is hiding something: ${drift.putBack} puts ours back; then find who, and what they did since, in the organisation's audit bucket.`,
  }),
  alarm({
    id: "key-endangered",
    metric: "KeysEndangered",
    controls: ["keys"],
    runbook:
      "A key was disabled or scheduled for deletion (CIS 4.7): nothing under it can be read. First: `aws kms cancel-key-deletion` and `aws kms enable-key`; then ask who did it.",
  }),
  alarm({
    id: "buckets-changed",
    metric: "BucketsChanged",
    controls: ["buckets"],
    runbook:
      "The policy, access list, replication or lifecycle of a bucket was changed (CIS 4.8), as the deployment of the audit bucket does. First: is one under way? Otherwise find bucket and person in the trail's log group, and check that nothing became public.",
  }),
  alarm({
    id: "network-changed",
    metric: "NetworkChanged",
    controls: ["security-groups", "network-access-lists", "network-gateways", "route-tables", "networks"],
    runbook:
      "Security groups, access lists, gateways, routes or networks were changed (CIS 4.10 to 4.14), as the deployment of a network does. First: is one under way? Otherwise find who in the trail's log group, and check that private subnets have no new way out.",
  }),
];

interface ControlsAlarm {
  readonly id: string;
  readonly metric: string;
  readonly controls: readonly CisControl[];
  readonly runbook: string;
  /** Records within five minutes; 1 unless said. */
  readonly atLeast?: number;
}

function alarm({ id, metric, controls, runbook, atLeast = 1 }: ControlsAlarm): Declaration {
  return {
    counts: {
      metric,
      filters: controls.map((control) => ({ id: `cis-${control}`, pattern: cisPatterns[control] })),
    },
    alarm: { id, runbook, trigger: { kind: "count", atLeast, minutes: 5 } },
  };
}
