import type { AlarmSettings } from "../organisation/types";
import { environmentOf } from "../plan/environmentOf";
import type { EnvironmentPlan } from "../plan/types";
import { addressPrefixes } from "./addressPrefixes";
import { breakGlassRole } from "./breakGlass";
import { buildSessions } from "./buildSessions";
import type { Family } from "./declaration";
import {
  all,
  any,
  differs,
  equals,
  type FilterCondition,
  filterPattern,
  isOther,
  missing,
  oneOf,
} from "./filterPattern";
import type { EndpointIds } from "./endpointIds";
import { managedSecretIds } from "./managedIds";
import { counted } from "./metrics";
import {
  byNoneOf,
  byRole,
  consumerRoles,
  denied,
  developerRole,
  fromNetwork,
  notByService,
  readByName,
  readOf,
  succeeded,
} from "./records";
import { fewerExpectedRoles, fewerOutsideNetwork } from "./shortening";

/** Metric of reads by roles that are not expected; those of a database service's logins share its alarm. */
export const unexpectedRoleMetric = "ReadsByUnexpectedRole";

/** Reads as the caller's account records them: only there the record names the role. */
export const workloadReads: Family = ({ plan, stack, settings, endpoints }) => {
  if (stack.kind !== "workload") return [];
  const environment = environmentOf(plan, stack.environment);
  const builds = buildSessions(plan, stack.environment);
  const managed = managedSecretIds(plan, stack.environment);
  return [
    {
      counts: {
        metric: "ReadsFromUnexpectedAddress",
        filters: [
          {
            id: "unexpected-address",
            pattern: unexpectedAddressPattern(environment.workload.account, builds, settings),
            shorten:
              "write the ranges of `expectedAddresses` as /8, /16 or /24, which are one comparison each, or name fewer roles in `outsideNetwork`",
          },
          {
            id: unexpectedEndpoint,
            pattern: unexpectedEndpointPattern(endpoints, settings),
            shorten: fewerOutsideNetwork,
          },
        ],
      },
      alarm: {
        id: "unexpected-address",
        runbook:
          "A consumer's role read a value from neither this network's endpoints nor an expected address: its credentials may be in use elsewhere. " +
          "First: find role and address with `npx platform audit`. If nobody knows the address, revoke the role's sessions in IAM, then `npx platform rotate` what it read.",
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
    },
    {
      counts: {
        metric: unexpectedRoleMetric,
        filters: [
          {
            id: "unexpected-role",
            pattern: unexpectedRolePattern(environment.name, settings),
            shorten: fewerExpectedRoles,
          },
        ],
      },
      alarm: {
        id: "unexpected-role",
        runbook:
          "Somebody who is neither a consumer nor a developer read a value of this environment. " +
          "First: find who with `npx platform audit`. If it was not meant, revoke their sessions in IAM, find the policy that let them, and `npx platform rotate` what they read; for a login that a database service manages `aws secretsmanager rotate-secret`.",
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
    },
    {
      counts: {
        metric: "DeniedReads",
        filters: [{ id: "denied-reads", pattern: deniedPattern(environment, managed) }],
      },
      alarm: {
        id: "denied-reads",
        runbook:
          "Reads of values, or listings that may hold some, were refused. First: find role and value with `npx platform audit`. " +
          "A consumer after a deployment: its manifest lacks the item under `reads`. Anybody else: somebody is trying doors; ask them, or revoke their sessions in IAM. A listing of another team's own branch is theirs to fix.",
        trigger: { kind: "count", atLeast: settings.deniedReads, minutes: 5 },
      },
    },
    {
      counts: {
        metric: "Reads",
        filters: [{ id: "reads", pattern: readsPattern }],
      },
      alarm: {
        id: "reads-over-limit",
        runbook:
          `Consumers made ${settings.readsInFiveMinutes} calls or more that read values within five minutes, the limit of the \`alarms\` setting; one call may read several. ` +
          "First: find the role that reads most with `npx platform audit`. A consumer in a restart loop, or one that does not cache, is its team's to fix; any other burst is copying: revoke the role's sessions in IAM.",
        trigger: { kind: "count", atLeast: settings.readsInFiveMinutes, minutes: 5 },
      },
    },
    {
      alarm: {
        id: "reads-unusual",
        runbook:
          "Consumers made far more calls that read values than they usually do at this hour. " +
          "First: find the role that reads most with `npx platform audit`, and compare with its deployments. Without one, treat it as copying: revoke the role's sessions in IAM.",
        metric: counted("Reads"),
        trigger: { kind: "band", deviations: settings.readsBand, minutes: 5, inRow: 3 },
      },
    },
  ];
};

/** The one filter that names what AWS makes up: until the network exists, nobody knows its pattern. */
export const unexpectedEndpoint = "unexpected-endpoint";

/**
 * A consumer reads through an endpoint that is not its network's: an endpoint that somebody else made, in this account or
 * another. `outsideNetwork` names roles that may; pods, and what a team's own services run, are in networks of their own.
 */
export function unexpectedEndpointPattern(
  { secretsmanager, ssm }: EndpointIds,
  { outsideNetwork }: Pick<Required<AlarmSettings>, "outsideNetwork">,
): string {
  return filterPattern(
    all(
      byRole(consumerRoles),
      ...(outsideNetwork.length === 0 ? [] : [byNoneOf(outsideNetwork)]),
      fromNetwork,
      readByName,
      isOther("vpcEndpointId", [secretsmanager, ssm]),
    ),
  );
}

/**
 * A consumer reads past any endpoint, or through one of another account. Builds run outside the network: their sessions say so;
 * so do pods and what a team's own services run: the path of their roles says so.
 * `outsideNetwork` names further roles. An endpoint of another account is unexpected whatever address it shows, also
 * where it is not known yet which are the network's own (`unexpectedEndpointPattern`).
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function unexpectedAddressPattern(
  account: string,
  builds: readonly string[],
  settings: Pick<Required<AlarmSettings>, "expectedAddresses" | "outsideNetwork">,
): string {
  const expected = settings.expectedAddresses.flatMap(addressPrefixes);
  const elsewhere: readonly FilterCondition[] = [
    ...(builds.length === 0 ? [] : [differs("userIdentity.arn", builds)]),
    ...(expected.length === 0 ? [] : [differs("sourceIPAddress", expected)]),
  ];
  return filterPattern(
    all(
      byRole(consumerRoles),
      ...(settings.outsideNetwork.length === 0 ? [] : [byNoneOf(settings.outsideNetwork)]),
      readByName,
      any(
        all(missing("vpcEndpointId"), fromNetwork, ...elsewhere),
        isOther("vpcEndpointAccountId", [account]),
      ),
    ),
  );
}

export function unexpectedRolePattern(
  environment: string,
  { expectedRoles }: Pick<Required<AlarmSettings>, "expectedRoles">,
): string {
  return filterPattern(
    all(
      readOf(environment),
      byNoneOf([consumerRoles, developerRole, breakGlassRole, ...expectedRoles]),
      notByService,
      succeeded,
    ),
  );
}

/**
 * A refused call has no parameters in its record; the message names what was refused. One that lists is refused for
 * the branch above, or for nothing that is named: each counts, since ours may lie below.
 */
function deniedPattern({ name, security }: EnvironmentPlan, managed: readonly string[]): string {
  return filterPattern(
    all(
      denied,
      any(readByName, equals("eventName", "Decrypt")),
      any(
        byRole(consumerRoles),
        oneOf("eventName", ["GetParametersByPath", "BatchGetSecretValue"]),
        equals("errorMessage", `*/${name}/*`),
        equals("errorMessage", `*:${security.account}:*`),
        ...managed.map((id) => equals("errorMessage", `*${id}*`)),
      ),
    ),
  );
}

const readsPattern = filterPattern(all(byRole(consumerRoles), readByName, succeeded));
