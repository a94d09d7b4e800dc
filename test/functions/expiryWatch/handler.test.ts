import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SSMClient } from "@aws-sdk/client-ssm";
import assert from "node:assert/strict";
import { expiryWatch } from "../../../functions/expiryWatch/handler";
import { watchedItems } from "../../../model/detection/metrics";
import type { ExpiryWatchSettings } from "../../../model/functions/settings";
import { parameterPolicies } from "../../../model/values/parameterPolicies";
import { unsetTag } from "../../../model/values/tags";
import { ServiceFault, startJsonService, type JsonService } from "../support/jsonService";
import { lambdaContext } from "../support/rotation";
import { startTopic, type TopicDouble } from "../support/topic";

const now = new Date("2026-06-15T06:00:00Z");
const topicArn = "arn:aws:sns:eu-west-1:333333333333:notices";
const functionArn = "arn:aws:lambda:eu-west-1:333333333333:function:expiry-watch";

interface Account {
  parameters: { name: string; policies?: string; tags?: Record<string, string> }[];
  secrets: object[];
  /** `ReplicationStatus` by secret; of any other nobody may ask. */
  replicas: Record<string, object[]>;
}

/** Parameter Store's and Secrets Manager's listings over HTTP, paged, some pages empty as AWS's may be. */
describe("expiry watch", () => {
  let service: JsonService;
  let topic: TopicDouble;
  const account: Account = { parameters: [], secrets: [], replicas: {} };

  before(async () => {
    topic = await startTopic();
    service = await startJsonService({
      DescribeParameters({ MaxResults, ParameterFilters = [], NextToken = "0" }: DescribeInput) {
        const [filter] = ParameterFilters;
        const all = account.parameters.filter(
          ({ tags = {} }) =>
            filter === undefined || filter.Values.includes(tags[filter.Key.replace(/^tag:/, "")] ?? ""),
        );
        if (NextToken === "0" && all.length > MaxResults) return { Parameters: [], NextToken: "00" };
        const start = Number(NextToken);
        return {
          Parameters: all.slice(start, start + MaxResults).map(({ name, policies }) => ({
            Name: name,
            LastModifiedDate: now.getTime() / 1000,
            Policies: policies === undefined ? [] : [{ PolicyText: policies, PolicyStatus: "Pending" }],
          })),
          ...(start + MaxResults < all.length ? { NextToken: String(start + MaxResults) } : {}),
        };
      },
      ListTagsForResource({ ResourceId }: { ResourceId: string }) {
        const found = account.parameters.find(({ name }) => name === ResourceId);
        if (found === undefined) throw new ServiceFault("InvalidResourceId", "The resource ID isn't valid.");
        return { TagList: Object.entries(found.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) };
      },
      DescribeSecret({ SecretId }: { SecretId: string }) {
        const ReplicationStatus = account.replicas[SecretId];
        if (ReplicationStatus === undefined)
          throw new ServiceFault("AccessDeniedException", "not authorized");
        return { Name: SecretId, ReplicationStatus };
      },
      ListSecrets({ MaxResults, NextToken = "0" }: { MaxResults: number; NextToken?: string }) {
        const start = Number(NextToken);
        const end = start + MaxResults;
        return {
          SecretList: account.secrets.slice(start, end),
          ...(end < account.secrets.length ? { NextToken: String(end) } : {}),
        };
      },
    });
  });

  after(async () => {
    await service.close();
    await topic.close();
  });

  beforeEach(() => {
    service.hook = undefined;
    topic.messages.length = 0;
    topic.refuse = () => false;
    Object.assign(account, { parameters: [], secrets: [], replicas: {} });
  });

  interface DescribeInput {
    readonly MaxResults: number;
    readonly ParameterFilters?: readonly { readonly Key: string; readonly Values: readonly string[] }[];
    readonly NextToken?: string;
  }

  async function watch(settings: Partial<ExpiryWatchSettings> = {}) {
    const lines: string[] = [];
    const common = {
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 5,
    };
    const outcome = await expiryWatch({
      ssm: new SSMClient({ ...common, endpoint: service.endpoint }),
      secretsManager: new SecretsManagerClient({ ...common, endpoint: service.endpoint }),
      sns: new SNSClient({ ...common, maxAttempts: 1, endpoint: topic.endpoint }),
      settings: { expectedParameters: [], warnDays: 14, ...settings },
      topicArn,
      now: () => now,
      write: (line) => lines.push(line),
    })({}, lambdaContext(functionArn)).then(
      () => "done",
      (error: unknown) => String(error),
    );
    const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return { outcome, lines, metrics: written.find((line) => "_aws" in line) ?? {} };
  }

  const expiring = parameterPolicies({ never: false, afterDays: 10, warnDays: 14 }, now);

  it("sends each owner one message and counts every kind, zero included", async () => {
    account.parameters = [
      { name: "/orders/prod/a", policies: expiring, tags: { owner: "orders@example.com" } },
      { name: "/orders/prod/b", tags: { owner: "orders@example.com", [unsetTag]: "true" } },
      { name: "/orders/prod/fine", tags: { owner: "orders@example.com" } },
      { name: "/foreign", policies: expiring },
    ];
    account.secrets = [
      secret(
        "billing/prod/db",
        { NextRotationDate: now.getTime() / 1000 - 5 * 86400 },
        "billing@example.com",
      ),
      secret(
        "billing/prod/key",
        {
          LastChangedDate: now.getTime() / 1000 - 86400,
          SecretVersionsToStages: { one: ["AWSCURRENT"], two: ["AWSPENDING"] },
        },
        "billing@example.com",
      ),
      secret(
        "billing/prod/ok",
        {
          LastChangedDate: now.getTime() / 1000 - 86400,
          SecretVersionsToStages: { one: ["AWSPREVIOUS"], two: ["AWSCURRENT", "AWSPENDING"] },
        },
        "billing@example.com",
      ),
      secret("replica", { NextRotationDate: 1, PrimaryRegion: "eu-central-1" }, "billing@example.com"),
    ];
    const { outcome, metrics } = await watch({
      expectedParameters: [{ name: "/orders/prod/gone", owner: "orders@example.com" }],
    });
    assert.equal(outcome, "done");
    assert.deepEqual(
      topic.messages.map(({ topicArn, owner, subject }) => [topicArn, owner, subject]),
      [
        [
          topicArn,
          "billing@example.com",
          "Secrets and parameters: 1 overdue, 1 stuck (account 333333333333)",
        ],
        [
          topicArn,
          "orders@example.com",
          "Secrets and parameters: 1 expired, 1 expiring, 1 unset (account 333333333333)",
        ],
        [topicArn, undefined, "Secrets and parameters: 1 expiring (account 333333333333)"],
      ],
    );
    const { Expired, Expiring, Unset, RotationOverdue, RotationStuck, Unchanged, Watched, NoticesFailed } =
      metrics;
    assert.deepEqual(
      { Expired, Expiring, Unset, RotationOverdue, RotationStuck, Unchanged, Watched, NoticesFailed },
      {
        Expired: 1,
        Expiring: 2,
        Unset: 1,
        RotationOverdue: 1,
        RotationStuck: 1,
        Unchanged: 0,
        Watched: 7,
        NoticesFailed: 0,
      },
    );
  });

  it("says nothing when all is well, but still counts", async () => {
    account.parameters = [{ name: "/orders/prod/fine" }];
    const { metrics } = await watch();
    assert.deepEqual(topic.messages, []);
    assert.deepEqual([metrics.Watched, metrics.Expired], [1, 0]);
  });

  it("is known to live by what it counts: zero in an empty account, nothing where it died", async () => {
    const { name, dimensions } = watchedItems;
    const { metrics } = await watch();
    assert.deepEqual([metrics[name], dimensions], [0, { Function: metrics["Function"] }]);
    service.hook = (_, moment) => {
      if (moment === "before") throw new ServiceFault("AccessDeniedException", "not authorized");
    };
    assert.deepEqual((await watch()).metrics, {});
  });

  it("pages through everything, empty pages and throttling included", async () => {
    account.parameters = Array.from({ length: 1234 }, (_, number) => ({
      name: `/orders/prod/${number}`,
      tags: number % 100 === 0 ? { owner: "orders@example.com", [unsetTag]: "true" } : {},
    }));
    account.secrets = Array.from({ length: 567 }, (_, number) =>
      secret(`orders/prod/${number}`, {}, "orders@example.com"),
    );
    let calls = 0;
    service.hook = (_, moment) => {
      if (moment === "before" && ++calls % 10 === 0)
        throw new ServiceFault("ThrottlingException", "Rate exceeded");
    };
    const { outcome, metrics } = await watch();
    assert.equal(outcome, "done");
    assert.deepEqual([metrics.Watched, metrics.Unset], [1234 + 567, 13]);
    assert.equal(topic.messages.length, 1);
  }).timeout(120_000);

  it("asks for tags of no parameter but those it tells about, and reads no value", async () => {
    account.parameters = Array.from({ length: 30 }, (_, number) => ({ name: `/orders/prod/${number}` }));
    account.parameters.push({ name: "/orders/prod/last", policies: expiring });
    const before = service.calls.length;
    await watch();
    const operations = service.calls.slice(before).map(({ operation }) => operation);
    assert.equal(operations.filter((operation) => operation === "ListTagsForResource").length, 1);
    assert.deepEqual([...new Set(operations)].sort(), [
      "DescribeParameters",
      "ListSecrets",
      "ListTagsForResource",
    ]);
  });

  it("looks at the copies of those secrets alone that are to have some; one it may not look at stops nothing", async () => {
    account.secrets = ["alone", "copied", "failed", "hidden"].map((name) =>
      secret(name, {}, "orders@example.com"),
    );
    account.replicas = {
      copied: [{ Region: "eu-central-1", Status: "InSync" }],
      failed: [
        { Region: "eu-central-1", Status: "Failed", StatusMessage: "a secret of this name already exists" },
      ],
    };
    const before = service.calls.length;
    const expectedReplicas = ["copied", "failed", "hidden"].map((name) => ({
      name,
      regions: ["eu-central-1"],
    }));
    const { outcome, metrics } = await watch({ expectedReplicas });
    assert.equal(outcome, "done");
    assert.equal(metrics.ReplicaFailed, 2);
    const looked = service.calls.slice(before).filter(({ operation }) => operation === "DescribeSecret");
    assert.equal(looked.length, 3);
    const [{ subject, message } = { subject: "", message: "" }] = topic.messages;
    assert.equal(subject, "Secrets and parameters: 2 replica failed (account 333333333333)");
    assert.match(
      message,
      /secret failed\n +its copy in eu-central-1 is Failed, .*\(AWS: a secret of this name already exists\)/,
    );
    assert.match(
      message,
      /secret hidden\n +whether its copies follow could not be seen \(AccessDeniedException/,
    );
  });

  it("one owner's message fails: the others get theirs, and no retry sends them again", async () => {
    account.parameters = ["a@example.com", "b@example.com", "c@example.com"].map((owner) => ({
      name: `/orders/prod/${owner}`,
      policies: expiring,
      tags: { owner },
    }));
    topic.refuse = ({ owner }) => owner === "b@example.com";
    const { outcome, metrics, lines } = await watch();
    assert.equal(outcome, "done");
    assert.deepEqual(
      topic.messages.map(({ owner }) => owner),
      ["a@example.com", "c@example.com"],
    );
    assert.equal(metrics.NoticesFailed, 1);
    assert.ok(lines.some((line) => line.includes("the notice could not be sent: AuthorizationError")));
  });

  it("no message can be sent, or nothing can be listed: fails, so that Lambda tries again", async () => {
    account.parameters = [{ name: "/orders/prod/a", policies: expiring }];
    topic.refuse = () => true;
    assert.match((await watch()).outcome, /no notice could be sent/);
    service.hook = (_, moment) => {
      if (moment === "after") return;
      throw new ServiceFault("AccessDeniedException", "not authorized to perform: ssm:DescribeParameters");
    };
    assert.match((await watch()).outcome, /AccessDeniedException/);
  });
});

function secret(name: string, settings: object, owner: string): object {
  return {
    Name: name,
    ARN: `arn:aws:secretsmanager:eu-west-1:333333333333:secret:${name}-AbCdEf`,
    RotationEnabled: true,
    Tags: [{ Key: "owner", Value: owner }],
    SecretVersionsToStages: { one: ["AWSCURRENT"] },
    ...settings,
  };
}
