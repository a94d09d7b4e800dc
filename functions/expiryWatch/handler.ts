import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { Clock } from "../../aws/clock";
import { expiryWatchMetrics, findingKinds } from "../../model/functions/metrics";
import type { ExpiryWatchSettings } from "../../model/functions/settings";
import { ownerTag } from "../../model/functions/tags";
import { awsCalls, type AwsCalls } from "../lambda/awsCalls";
import type { LambdaContext } from "../lambda/context";
import { describeError } from "../lambda/describeError";
import { jsonLog, type WriteLine } from "../lambda/log";
import { writeMetrics, type Metric } from "../lambda/metrics";
import type { Finding } from "./finding";
import { findings } from "./findings";
import { listParameters, parameterOwner } from "./listParameters";
import { listSecrets } from "./listSecrets";
import { withReplicas } from "./lookAtReplicas";
import { notices, type Notice } from "./notice";

export interface ExpiryWatchDependencies {
  readonly ssm: SSMClient;
  readonly secretsManager: SecretsManagerClient;
  readonly sns: SNSClient;
  readonly settings: ExpiryWatchSettings;
  readonly topicArn: string;
  readonly now: () => Date;
  readonly write: WriteLine;
  /** @default the machine's */
  readonly clock?: Clock;
}

/** Milliseconds left of the invocation below which no call is tried again: for the notices, and the metrics. */
const reserveMs = 60_000;

/**
 * Looks through every parameter and secret of its account and region, and tells each owner once what needs a hand.
 * To be run daily: the events AWS sends about parameter policies are best effort. Reads no value.
 */
export function expiryWatch(dependencies: ExpiryWatchDependencies) {
  const { ssm, secretsManager, settings, write, clock } = dependencies;
  return async (_event: unknown, context: LambdaContext): Promise<void> => {
    const [, , , region = "", account = ""] = context.invokedFunctionArn.split(":");
    const log = jsonLog(write, { requestId: context.awsRequestId });
    const aws = awsCalls(context, { reserveMs, clock });
    const listed = await listSecrets(secretsManager, region, aws);
    const secrets = await withReplicas(secretsManager, listed, settings.expectedReplicas ?? [], aws);
    const items = [...(await listParameters(ssm, aws)), ...secrets];
    const found = await withOwners(ssm, findings(items, settings, dependencies.now()), aws);
    for (const { kind, item, name, owner, matter } of found) log.info(matter, { kind, item, name, owner });

    let failed = 0;
    const all = notices(found, { account, region });
    for (const notice of all) {
      try {
        await publish(dependencies, notice, aws);
      } catch (error) {
        failed += 1;
        log.error(`the notice could not be sent: ${describeError(error)}`, { owner: notice.owner });
      }
    }
    writeMetrics(write, context.functionName, metrics(found, items.length, failed));
    // Run again as a whole, Lambda's retry would send the others a second time.
    if (failed > 0 && failed === all.length) throw new Error("no notice could be sent; the log says why");
  };
}

async function withOwners(ssm: SSMClient, found: readonly Finding[], aws: AwsCalls): Promise<Finding[]> {
  const complete: Finding[] = [];
  for (const finding of found) {
    const isOpen = finding.owner === undefined && finding.item === "parameter";
    complete.push(isOpen ? { ...finding, owner: await parameterOwner(ssm, finding.name, aws) } : finding);
  }
  return complete;
}

async function publish(
  { sns, topicArn }: ExpiryWatchDependencies,
  notice: Notice,
  aws: AwsCalls,
): Promise<void> {
  const { owner, subject, message } = notice;
  const input = {
    TopicArn: topicArn,
    Subject: subject,
    Message: message,
    ...(owner === undefined
      ? {}
      : { MessageAttributes: { [ownerTag]: { DataType: "String", StringValue: owner } } }),
  };
  await aws.call("sns:Publish", () => sns.send(new PublishCommand(input)), ["target", "key"]);
}

function metrics(found: readonly Finding[], watched: number, failed: number): Metric[] {
  return [
    ...findingKinds.map((kind) => ({
      name: expiryWatchMetrics.findings[kind],
      value: found.filter((finding) => finding.kind === kind).length,
      unit: "Count" as const,
    })),
    { name: expiryWatchMetrics.watched, value: watched, unit: "Count" },
    { name: expiryWatchMetrics.noticesFailed, value: failed, unit: "Count" },
  ];
}
