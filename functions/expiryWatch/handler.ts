import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { SSMClient } from "@aws-sdk/client-ssm";
import { expiryWatchMetrics, findingKinds } from "../../model/functions/metrics";
import type { ExpiryWatchSettings } from "../../model/functions/settings";
import { ownerTag } from "../../model/functions/tags";
import type { LambdaContext } from "../lambda/context";
import { describeError } from "../lambda/describeError";
import { jsonLog, type WriteLine } from "../lambda/log";
import { writeMetrics, type Metric } from "../lambda/metrics";
import { findings, type Finding } from "./findings";
import { listParameters, parameterOwner } from "./listParameters";
import { listSecrets } from "./listSecrets";
import { notices, type Notice } from "./notice";

export interface ExpiryWatchDependencies {
  readonly ssm: SSMClient;
  readonly secretsManager: SecretsManagerClient;
  readonly sns: SNSClient;
  readonly settings: ExpiryWatchSettings;
  readonly topicArn: string;
  readonly now: () => Date;
  readonly write: WriteLine;
}

/**
 * Looks through every parameter and secret of its account and region, and tells each owner once what needs a hand.
 * To be run daily: the events AWS sends about parameter policies are best effort. Reads no value.
 */
export function expiryWatch(dependencies: ExpiryWatchDependencies) {
  const { ssm, secretsManager, settings, write } = dependencies;
  return async (_event: unknown, context: LambdaContext): Promise<void> => {
    const [, , , region = "", account = ""] = context.invokedFunctionArn.split(":");
    const log = jsonLog(write, { requestId: context.awsRequestId });
    const items = [...(await listParameters(ssm)), ...(await listSecrets(secretsManager, region))];
    const found = await withOwners(ssm, findings(items, settings, dependencies.now()));
    for (const { kind, item, name, owner, matter } of found) log.info(matter, { kind, item, name, owner });

    let failed = 0;
    const all = notices(found, { account, region });
    for (const notice of all) {
      try {
        await publish(dependencies, notice);
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

async function withOwners(ssm: SSMClient, found: readonly Finding[]): Promise<Finding[]> {
  const complete: Finding[] = [];
  for (const finding of found) {
    const isOpen = finding.owner === undefined && finding.item === "parameter";
    complete.push(isOpen ? { ...finding, owner: await parameterOwner(ssm, finding.name) } : finding);
  }
  return complete;
}

async function publish({ sns, topicArn }: ExpiryWatchDependencies, notice: Notice): Promise<void> {
  const { owner, subject, message } = notice;
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: subject,
      Message: message,
      ...(owner === undefined
        ? {}
        : { MessageAttributes: { [ownerTag]: { DataType: "String", StringValue: owner } } }),
    }),
  );
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
