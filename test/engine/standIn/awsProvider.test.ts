import assert from "node:assert/strict";
import { awsProvider } from "../support/standIn/aws/awsProvider";
import type { AwsTarget } from "../support/standIn/aws/target";
import { Cloud } from "../support/standIn/cloud/cloud";
import { unknownValue, type Properties } from "../support/standIn/properties";
import type { ConfiguredProvider } from "../support/standIn/provider";
import type { Created, Found } from "../support/standIn/resourceHandler";
import { check, previewCreate } from "../support/standIn/resourceOperations";

const region = "eu-west-1";
const account = "111111111111";

/** The stand-in as a configuration makes it, in a cloud of its own unless one is given. */
function aws(config: Properties = {}, cloud = new Cloud()): ConfiguredProvider<AwsTarget> {
  return awsProvider(cloud).configure({ region, allowedAccountIds: `["${account}"]`, ...config });
}

function target(provider: ConfiguredProvider<AwsTarget>, type: string, name: string): AwsTarget {
  return provider.target({ type, name, urn: `urn:pulumi:prod::shop::${type}::${name}` });
}

function create(provider: ConfiguredProvider<AwsTarget>, type: string, inputs: Properties, name = "one") {
  const resource = provider.resourceType(type);
  return resource.handler.create(target(provider, type, name), inputs) as Promise<Created>;
}

const topicType = "aws:sns/topic:Topic";

describe("the stand-in for AWS: tags to ignore", () => {
  const ignoreTags = JSON.stringify({ keys: ["owner"], keyPrefixes: ["state:"] });
  const defaultTags = JSON.stringify({ tags: { stack: "prod", "state:default": "x" } });
  const tags = { service: "shop", owner: "a", "state:unset": "true", states: "kept" };
  const inputs = { name: "notices", tags };

  it("stand neither in the outputs of a creation nor in those of its preview", async () => {
    const provider = aws({ ignoreTags, defaultTags });
    const { outputs } = await create(provider, topicType, inputs);
    assert.deepEqual(outputs["tags"], { service: "shop", states: "kept" });
    assert.deepEqual(outputs["tagsAll"], { stack: "prod", service: "shop", states: "kept" });
    const type = provider.resourceType(topicType);
    const preview = previewCreate(type, target(provider, topicType, "one"), inputs);
    assert.deepEqual(preview["tagsAll"], outputs["tagsAll"]);
  });

  it("stand in the cloud, where others look for them", async () => {
    const cloud = new Cloud();
    await create(aws({ ignoreTags }, cloud), topicType, inputs);
    assert.deepEqual(cloud.list()[0]?.inputs["tags"], tags);
  });

  it("change nothing when somebody else sets them", async () => {
    const cloud = new Cloud();
    const provider = aws({ ignoreTags }, cloud);
    const untagged = { name: "notices" };
    const { id, outputs } = await create(provider, topicType, untagged);
    const [topic] = cloud.list();
    const added = { "state:rotated": "now", owner: "b" };
    cloud.put({
      ...topic!,
      inputs: { ...topic!.inputs, tags: added },
      outputs: { ...topic!.outputs, tags: added, tagsAll: added },
    });
    const { handler } = provider.resourceType(topicType);
    const found = (await handler.read(target(provider, topicType, "one"), id, {
      inputs: untagged,
      outputs,
    })) as Found;
    assert.deepEqual(found.inputs, untagged);
    assert.deepEqual(found.outputs["tagsAll"], {});
  });

  it("stay away after an update", async () => {
    const provider = aws({ ignoreTags });
    const { id, outputs } = await create(provider, topicType, inputs);
    const changed = { name: "notices", tags: { ...tags, service: "till" } };
    const { handler } = provider.resourceType(topicType);
    const after = await handler.update(target(provider, topicType, "one"), id, {
      old: { inputs, outputs },
      inputs: changed,
    });
    assert.deepEqual(after["tags"], { service: "till", states: "kept" });
  });

  it("are none unless the configuration says so", async () => {
    const { outputs } = await create(aws(), topicType, inputs);
    assert.deepEqual([outputs["tags"], outputs["tagsAll"]], [tags, tags]);
  });
});

describe("the stand-in for AWS: the account", () => {
  const refusal = { message: "AWS account ID not allowed: 111111111111" };
  const of = (allowed: unknown, change: Partial<Cloud> = {}, more: Properties = {}) => {
    const config = {
      region,
      ...(allowed !== undefined && { allowedAccountIds: JSON.stringify(allowed) }),
      ...more,
    };
    return awsProvider(Object.assign(new Cloud(), change)).configure(config);
  };

  it("is refused where a provider does not allow it, as AWS's provider words it", () => {
    for (const signed of [{ signedInAs: account }, { credentialsOf: account }]) {
      assert.throws(() => of(["222222222222"], signed), refusal);
      assert.throws(() => of([222222222222], signed), refusal);
      assert.throws(() => of(undefined, signed, { forbiddenAccountIds: `["${account}"]` }), refusal);
    }
  });

  it("is the role's where a provider assumes one, and refused by that", () => {
    const assumeRoles = JSON.stringify([{ roleArn: `arn:aws:iam::${account}:role/deployer` }]);
    assert.throws(() => of(["222222222222"], { credentialsOf: "222222222222" }, { assumeRoles }), refusal);
  });

  it("is that of the credentials, and without any the one that the configuration allows", () => {
    const accountOf = (provider: ConfiguredProvider<AwsTarget>) => target(provider, topicType, "one").account;
    assert.equal(accountOf(of(["222222222222", account], { credentialsOf: account })), account);
    assert.equal(accountOf(of(undefined, { credentialsOf: account })), account);
    assert.equal(accountOf(of([account])), account);
    assert.equal(accountOf(of([111111111111])), account);
  });
});

describe("the stand-in for AWS: names", () => {
  const permission = "aws:lambda/permission:Permission";
  const invoke = (of: string) => ({
    function: of,
    statementId: "Invokes",
    action: "lambda:InvokeFunction",
    principal: "events.amazonaws.com",
  });

  it("refuses a statement of a function twice, however the function is named", async () => {
    const provider = aws();
    const made = await create(provider, "aws:lambda/function:Function", { name: "watch" }, "watch");
    await create(provider, "aws:lambda/function:Function", { name: "rollout" }, "rollout");
    await create(provider, permission, invoke("watch"), "one");
    await create(provider, permission, invoke("rollout"), "two");
    const message = /^Error: ResourceConflictException: The statement id \(Invokes\) provided already exists/;
    await assert.rejects(create(provider, permission, invoke("watch"), "three"), message);
    await assert.rejects(create(provider, permission, invoke(String(made.outputs["arn"])), "four"), message);
  });

  it("makes up a statement's identifier where there is none", async () => {
    const provider = aws();
    await create(provider, "aws:lambda/function:Function", { name: "watch" }, "watch");
    const ids = await Promise.all(
      ["one", "two"].map(
        async (name) =>
          (await create(provider, permission, { function: "watch" }, name)).outputs["statementId"],
      ),
    );
    assert.equal(new Set(ids).size, 2);
  });

  it("refuses what AWS would let take another's place, but not its own successor", async () => {
    const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const provider = aws();
    await create(provider, alarm, { name: "denied" }, "one");
    await create(provider, alarm, { name: "denied" }, "one");
    await assert.rejects(
      create(provider, alarm, { name: "denied" }, "two"),
      /would take the place of .*::one /,
    );
  });

  it("refuses a role in other capitals", async () => {
    const provider = aws();
    await create(provider, "aws:iam/role:Role", { name: "api" }, "one");
    await assert.rejects(
      create(provider, "aws:iam/role:Role", { name: "Api" }, "two"),
      /EntityAlreadyExists/,
    );
  });

  it("are not too long, for every type that has a limit", () => {
    const failures = (type: string, inputs: Properties) =>
      check(aws().resourceType(type), "one", { olds: {}, news: inputs }, new Uint8Array()).failures;
    const rule = "aws:cloudwatch/eventRule:EventRule";
    assert.deepEqual(failures(rule, { name: "x".repeat(64) }), []);
    assert.deepEqual(
      failures(rule, { name: "x".repeat(65) }).map(({ property }) => property),
      ["name"],
    );
    const long = { function: "watch", statementId: "x".repeat(101) };
    assert.deepEqual(
      failures(permission, long).map(({ property }) => property),
      ["statementId"],
    );
  });
});

describe("the stand-in for AWS: a network", () => {
  const vpcType = "aws:ec2/vpc:Vpc";
  const cidrBlock = "10.0.0.0/16";

  it("has a range of IPv6 when it asks for one of Amazon's", async () => {
    const provider = aws();
    const { outputs } = await create(provider, vpcType, { cidrBlock, assignGeneratedIpv6CidrBlock: true });
    assert.match(String(outputs["ipv6CidrBlock"]), /^2001:db8:[0-9a-f]{4}:[0-9a-f]{2}00::\/56$/);
    assert.match(String(outputs["ipv6AssociationId"]), /^vpc-cidr-assoc-[0-9a-f]{17}$/);
  });

  it("has none otherwise, and a preview knows neither", async () => {
    const provider = aws();
    const { outputs } = await create(provider, vpcType, { cidrBlock });
    assert.equal(outputs["ipv6CidrBlock"], undefined);
    const type = provider.resourceType(vpcType);
    const preview = previewCreate(type, target(provider, vpcType, "one"), { cidrBlock });
    assert.equal(preview["ipv6CidrBlock"], unknownValue);
  });

  it("gets and loses it with an update", async () => {
    const provider = aws();
    const { handler } = provider.resourceType(vpcType);
    const [without, with_] = [{ cidrBlock }, { cidrBlock, assignGeneratedIpv6CidrBlock: true }];
    const made = await create(provider, vpcType, without);
    const place = target(provider, vpcType, "one");
    const got = await handler.update(place, made.id, {
      old: { inputs: without, outputs: made.outputs },
      inputs: with_,
    });
    assert.match(String(got["ipv6CidrBlock"]), /::\/56$/);
    const kept = await handler.update(place, made.id, {
      old: { inputs: with_, outputs: got },
      inputs: with_,
    });
    assert.equal(kept["ipv6CidrBlock"], got["ipv6CidrBlock"]);
    const lost = await handler.update(place, made.id, {
      old: { inputs: with_, outputs: kept },
      inputs: without,
    });
    assert.equal(lost["ipv6CidrBlock"], undefined);
  });
});

describe("the stand-in for AWS: partitions", () => {
  const queue = async (region: string) => {
    const { id, outputs } = await create(aws({ region }), "aws:sqs/queue:Queue", { name: "undelivered" });
    return [id, outputs["arn"]];
  };

  it("have ARNs and domains of their own", async () => {
    assert.deepEqual(await queue("eu-west-1"), [
      "https://sqs.eu-west-1.amazonaws.com/111111111111/undelivered",
      "arn:aws:sqs:eu-west-1:111111111111:undelivered",
    ]);
    assert.deepEqual(await queue("cn-north-1"), [
      "https://sqs.cn-north-1.amazonaws.com.cn/111111111111/undelivered",
      "arn:aws-cn:sqs:cn-north-1:111111111111:undelivered",
    ]);
    assert.match(String((await queue("us-gov-west-1"))[1]), /^arn:aws-us-gov:/);
  });
});
