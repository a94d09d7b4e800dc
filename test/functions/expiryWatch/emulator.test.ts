import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import assert from "node:assert/strict";
import { expiryWatch } from "../../../functions/expiryWatch/handler";
import { expiryWatchMetrics } from "../../../model/functions/metrics";
import { parameterPolicies } from "../../../model/values/parameterPolicies";
import { unsetTag } from "../../../model/values/tags";
import { provided } from "../../support/leftOut";
import { startAwsProxy, type AwsProxy } from "../../support/moto/awsProxy";
import { parameterPoliciesAsJson } from "../../support/moto/doubles";
import { startMoto, type Moto } from "../../support/moto/startMoto";
import { lambdaContext } from "../support/rotation";
import { startTopic, type TopicDouble } from "../support/topic";

/** Against an emulator's idea of the two services, not ours: paging, filters and tags over real HTTP. */
describe("expiry watch against moto", function () {
  this.timeout(240_000);
  let moto: Moto;
  let proxy: AwsProxy;
  let topic: TopicDouble;

  before(async function () {
    moto = await provided(this, startMoto);
    proxy = await startAwsProxy(moto.endpoint, [parameterPoliciesAsJson]);
    topic = await startTopic();
  });

  after(async () => {
    await topic?.close();
    await proxy?.stop();
    await moto?.stop();
  });

  it("finds what expires and what is unset among several pages", async () => {
    const common = {
      region: "eu-west-1",
      endpoint: proxy.endpoint,
      credentials: await moto.credentials("333333333333", "test"),
    };
    const ssm = new SSMClient(common);
    const secretsManager = new SecretsManagerClient(common);
    const owner = { Key: "owner", Value: "orders@example.com" };
    const unset = { Key: unsetTag, Value: "true" };
    for (let number = 0; number < 120; number++) {
      const isUnset = number % 50 === 7;
      const expires = { never: false, afterDays: number === 60 ? 5 : 90, warnDays: 14 } as const;
      await ssm.send(
        new PutParameterCommand({
          Name: `/orders/prod/${number}`,
          Type: "SecureString",
          Tier: "Advanced",
          Value: "canary",
          Policies: parameterPolicies(expires, new Date()),
          Tags: isUnset ? [owner, unset] : [owner],
        }),
      );
    }
    for (const [name, tags] of [
      ["orders/prod/set", [owner]],
      ["orders/prod/unset", [owner, unset]],
    ] as const) {
      await secretsManager.send(
        new CreateSecretCommand({ Name: name, SecretString: "canary", Tags: [...tags] }),
      );
    }

    const lines: string[] = [];
    await expiryWatch({
      ssm,
      secretsManager,
      sns: new SNSClient({ ...common, endpoint: topic.endpoint }),
      settings: { expectedParameters: [], warnDays: 14 },
      topicArn: "arn:aws:sns:eu-west-1:333333333333:notices",
      now: () => new Date(),
      write: (line) => lines.push(line),
    })({}, lambdaContext("arn:aws:lambda:eu-west-1:333333333333:function:expiry-watch"));

    const metrics = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find((line) => "_aws" in line);
    assert.equal(metrics?.[expiryWatchMetrics.watched], 122);
    assert.equal(metrics?.[expiryWatchMetrics.findings.unset], 4);
    assert.equal(metrics?.[expiryWatchMetrics.findings.expiring], 1);
    assert.deepEqual(
      topic.messages.map(({ owner, subject }) => [owner, subject]),
      [["orders@example.com", "Secrets and parameters: 1 expiring, 4 unset (account 333333333333)"]],
    );
    assert.ok(
      ![...lines, ...topic.messages.map(({ message }) => message)].some((text) => text.includes("canary")),
    );
  });

  it("finds the copy of a secret in a region where another has its name", async () => {
    const credentials = await moto.credentials("111111111111", "test");
    const common = { region: "eu-west-1", endpoint: proxy.endpoint, credentials };
    const secretsManager = new SecretsManagerClient(common);
    const elsewhere = new SecretsManagerClient({ ...common, region: "eu-central-1" });
    await elsewhere.send(new CreateSecretCommand({ Name: "orders/prod/taken", SecretString: "canary" }));
    for (const name of ["orders/prod/taken", "orders/prod/copied"]) {
      await secretsManager.send(
        new CreateSecretCommand({
          Name: name,
          SecretString: "canary",
          AddReplicaRegions: [{ Region: "eu-central-1" }],
        }),
      );
    }
    const names = ["orders/prod/taken", "orders/prod/copied"];
    const lines: string[] = [];
    await expiryWatch({
      ssm: new SSMClient(common),
      secretsManager,
      sns: new SNSClient({ ...common, endpoint: topic.endpoint }),
      settings: {
        expectedParameters: [],
        expectedReplicas: names.map((name) => ({ name, regions: ["eu-central-1"] })),
        warnDays: 14,
      },
      topicArn: "arn:aws:sns:eu-west-1:111111111111:notices",
      now: () => new Date(),
      write: (line) => lines.push(line),
    })({}, lambdaContext("arn:aws:lambda:eu-west-1:111111111111:function:expiry-watch"));
    const { message = "" } = topic.messages.at(-1) ?? {};
    assert.match(
      message,
      /secret orders\/prod\/taken\n +its copy in eu-central-1 is Failed, .*already exists in region/,
    );
    assert.doesNotMatch(message, /orders\/prod\/copied/);
    assert.ok(![...lines, message].some((text) => text.includes("canary")));
  });
});
