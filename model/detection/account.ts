import type { SecurityStack, Stack, WorkloadStack } from "../organisation/types";
import { trailLogGroupName } from "../plan/names";
import type { EnvironmentPlan, Plan } from "../plan/types";
import { archive, archiveTouched } from "./archive";
import { breakGlassAlarm, breakGlassFilter } from "./breakGlass";
import { buildSessions } from "./buildSessions";
import { changes, type ChangeScope } from "./changes";
import { cisAlarms, cisFilters } from "./cis";
import { custody } from "./custody";
import { drift } from "./drift";
import { type EndpointIds, exampleEndpointIds } from "./endpointIds";
import { managedSecretIds, managedSecrets } from "./managedSecrets";
import { arrivals } from "./metrics";
import { externalAccess, parameterExpiry, rotationFailed } from "./notices";
import { hostedRotationRoles, rotationRoles } from "./records";
import { rolloutAlarms } from "./rollout";
import { type SecurityScope, securityReads } from "./securityReads";
import { detectionChanged, readerTakenOver, sensitiveCalls } from "./sensitiveCalls";
import { alarmSettings } from "./settings";
import { takeover } from "./takeover";
import { tampering } from "./tampering";
import type { Alarm, Detections } from "./types";
import { undelivered } from "./undelivered";
import { watchAlarms } from "./watch";
import { workloadReads, type WorkloadScope } from "./workloadReads";

/** Everything that is watched in one account; `endpoints` are those of a workload account's network. */
export function detectionsOf(
  plan: Plan,
  stack: Stack,
  endpoints: EndpointIds = exampleEndpointIds,
): Detections {
  const { partition, principals } = plan.organisation;
  const settings = alarmSettings(stack.alarms);
  const scope: ChangeScope = {
    deployers: settings.deployerChanges === "ignore" ? [principals.deployer] : [],
    namePrefix: settings.namePrefix,
    logGroup: logGroupOf(stack),
    ...(stack.kind === "workload" && { environment: stack.environment }),
  };
  const managed = stack.kind === "security" ? [] : managedSecretIds(plan, stack.environment);
  const reads =
    stack.kind === "security"
      ? securityReads(securityScope(plan, stack), settings)
      : workloadReads({ ...workloadScope(plan, stack, managed), endpoints }, settings);
  const guarded = [changes(scope), takeover(scope, principals), custody(scope), archive(scope)];
  const place = { partition, account: stack.account };
  const ofDatabases = managedSecrets(managed, scope, settings);
  const notices = [
    ...(stack.kind === "security" ? [rotationFailed] : ofDatabases.notices),
    sensitiveCalls(place, scope),
    detectionChanged(place, scope),
    readerTakenOver(place, scope),
    ...(stack.kind === "security" ? [archiveTouched(place, scope)] : []),
    externalAccess,
    parameterExpiry,
  ];
  return {
    filters: [
      ...reads.filters,
      ...ofDatabases.filters,
      breakGlassFilter,
      ...guarded.flatMap(({ filters }) => filters),
      ...tampering(scope),
      ...cisFilters,
    ],
    alarms: [
      ...reads.alarms,
      ...ofDatabases.alarms,
      breakGlassAlarm,
      ...guarded.flatMap(({ alarms }) => alarms),
      ...cisAlarms(settings),
      trailSilent(scope.logGroup),
      ...watchAlarms,
      ...rolloutAlarms(plan, stack),
      ...notices.map((notice) => undelivered(notice, settings.namePrefix)),
    ],
    notices,
  };
}

/** Log group that filters look at: of the platform's own trail, or of one that is there already. */
export function logGroupOf({ trail }: Stack): string {
  return trail?.mode === "existing" ? trail.logGroup : trailLogGroupName;
}

export function securityScope(
  plan: Plan,
  { name: stack, account, environments }: SecurityStack,
): SecurityScope {
  const held = plan.environments.filter(({ name }) => environments.includes(name));
  const own = plan.secrets.filter((secret) => secret.account === account);
  return {
    account,
    readers: [...new Set(held.map(({ workload }) => workload.account))],
    stack,
    rotators: [...new Set(own.flatMap(({ rotatorRoles }) => rotatorRoles.map(roleOf)))].filter(
      (role) => !known.some((prefix) => role.startsWith(prefix)),
    ),
  };
}

/** What the roles of the platform's and AWS's rotation functions begin with. */
const known = [rotationRoles, hostedRotationRoles].map((role) => role.slice(0, -1));

/** `path/name` of a role's ARN. */
function roleOf(arn: string): string {
  return arn.slice(arn.indexOf(":role/") + ":role/".length);
}

function workloadScope(
  plan: Plan,
  stack: WorkloadStack,
  managed: readonly string[],
): Omit<WorkloadScope, "endpoints"> {
  return { environment: environmentOf(plan, stack), managed, builds: buildSessions(plan, stack.environment) };
}

function environmentOf(plan: Plan, { environment }: WorkloadStack): EnvironmentPlan {
  const found = plan.environments.find(({ name }) => name === environment);
  if (found === undefined) throw new Error(`no environment ${environment}`);
  return found;
}

/** The daily watch alone makes some calls each day. */
function trailSilent(logGroup: string): Alarm {
  return {
    id: "trail-silent",
    runbook:
      "No record has reached the trail's log group for a day: either nothing calls AWS here, or the trail was stopped, or its role or key was changed. " +
      `First: \`aws cloudtrail get-trail-status\` says when it last delivered and why not; ${drift.mended} puts trail, role and key back. Until then no other alarm of this account works.`,
    metric: arrivals(logGroup),
    trigger: { kind: "silence", minutes: 24 * 60 },
  };
}
