import * as pulumi from "@pulumi/pulumi";
import type { Output } from "@pulumi/pulumi";
import { logRetentionDays } from "../../model/limits";
import { AccessAlarms, type CountedRecords } from "../../components/account/accessAlarms";
import { AuditTrail, type TrailArchive } from "../../components/account/auditTrail";
import { EventRules } from "../../components/account/eventRules";
import type { OperationsKey } from "../../components/account/operationsKey";
import { detectionsOf } from "../../model/detection/account";
import type { EndpointIds } from "../../model/detection/endpointIds";
import { alarmSettings } from "../../model/detection/settings";
import type { MetricFilter } from "../../model/detection/types";
import { logGroupOf } from "../../model/detection/watchedAccount";
import { unexpectedEndpoint, unexpectedEndpointPattern } from "../../model/detection/workloadReads";
import { eventRulesPolicy, eventRulesTrust } from "../../model/documents/eventRulesPolicy";
import { noticesTopicArn } from "../../model/documents/topicPolicy";
import { trailRolePolicy, trailRoleTrust } from "../../model/documents/trailRolePolicy";
import type { Stack } from "../../model/organisation/types";
import { platformFunctionNames, trailName } from "../../model/plan/names";
import type { ParameterPlan, SecretPlan } from "../../model/plan/types";
import { accessAnalyzer } from "./accessAnalyzer";
import { noticesTopic } from "./noticesTopic";
import { expiryWatch } from "./expiryWatch";
import type { ProgramInput } from "../programInput";
import type { Tags } from "./tags";

export interface AuditingSurroundings {
  readonly operationsKey: OperationsKey;
  /** Where the account's trail writes; only asked when it makes one. */
  readonly archive: () => TrailArchive;
  /** What the account holds. */
  readonly parameters: readonly ParameterPlan[];
  readonly secrets?: readonly SecretPlan[];
  /** Endpoints of a workload account's network. */
  readonly endpointIds?: Readonly<Record<keyof EndpointIds, Output<string>>>;
  readonly tags: Tags;
}

/** What every account records, watches and tells. */
export function auditing(input: ProgramInput, stack: Stack, surroundings: AuditingSurroundings): void {
  const { organisation } = input.plan;
  const { operationsKey, tags, parameters, secrets = [], endpointIds } = surroundings;
  const { namePrefix } = alarmSettings(stack.alarms);
  const { filters, alarms, rules } = detectionsOf(input.plan, stack);
  const topic = noticesTopic(organisation, stack, operationsKey, tags);
  new AccessAlarms("access-alarms", {
    namePrefix,
    logGroupName: trailLogGroup(input, stack, surroundings),
    filters: endpointIds === undefined ? filters : withEndpoints(filters, endpointIds, stack),
    alarms,
    topicArn: topic.arn,
    tags,
  });
  new EventRules("event-notices", {
    namePrefix,
    rules,
    topicArn: topic.arn,
    role: {
      name: platformFunctionNames.eventRules,
      trust: eventRulesTrust(organisation, stack.account),
      policy: eventRulesPolicy(organisation, stack.account),
    },
    tags,
  });
  const topicArn = noticesTopicArn(organisation, stack.account);
  accessAnalyzer(input.plan, stack, tags);
  expiryWatch(input, { stack, topicArn, parameters, secrets }, operationsKey, tags);
}

/** The one pattern that names endpoints is known as they are; rules judge all others before. */
function withEndpoints(
  filters: readonly MetricFilter[],
  { secretsmanager, ssm }: NonNullable<AuditingSurroundings["endpointIds"]>,
  { alarms }: Stack,
): readonly CountedRecords[] {
  const pattern = pulumi
    .all([secretsmanager, ssm])
    .apply(([ofSecrets, ofParameters]) =>
      unexpectedEndpointPattern({ secretsmanager: ofSecrets, ssm: ofParameters }, alarmSettings(alarms)),
    );
  return filters.map((filter) => (filter.id === unexpectedEndpoint ? { ...filter, pattern } : filter));
}

/** The log group alarms look at: that of the trail made here, or of the one the settings name. */
function trailLogGroup(
  { plan }: ProgramInput,
  stack: Stack,
  { operationsKey, archive, tags }: AuditingSurroundings,
) {
  const name = logGroupOf(stack);
  if (stack.trail?.mode === "existing") return name;
  const where = archive();
  const prefix = (bucket: string) => `arn:${plan.organisation.partition}:s3:::${bucket}/`;
  return new AuditTrail("trail", {
    trailName,
    archive: where,
    ...(holdsArchive(stack) && { changesOf: pulumi.output(where.bucketName).apply(prefix) }),
    logGroupName: name,
    logs: { retentionDays: logRetentionDays, keyArn: operationsKey.arn },
    role: {
      name: platformFunctionNames.trail,
      trust: trailRoleTrust(),
      policy: trailRolePolicy(plan.organisation, stack.account),
    },
    tags,
  }).logGroupName;
}

/** S3 tells the account that owns a bucket of what becomes of its objects, whoever does it. */
function holdsArchive(stack: Stack): boolean {
  return stack.kind === "security" && stack.logArchive !== undefined;
}
