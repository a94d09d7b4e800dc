import assert from "node:assert/strict";
import { buildStacks } from "../../../cli/inMemory/buildStacks";
import { awsNames } from "../../../model/aws/awsNames";
import { refuseNames, type TakenNames } from "../../../cli/inMemory/refuseNames";
import { samplePlan } from "../../model/plan/support/samples";
import { built } from "../../stacks/support/built";

const home = { account: "111111111111", region: "eu-west-1" };

type Declared = readonly [type: string, inputs: Record<string, unknown>, name?: string];

/** Makes resources in turn, in one account unless `accounts` says otherwise. */
function make(resources: readonly Declared[], accounts: readonly string[] = []) {
  const taken: TakenNames = new Map();
  resources.forEach(([type, inputs, name], index) => {
    const place = { ...home, account: accounts[index] ?? home.account };
    refuseNames(() => ({}), place, taken)(type, name ?? `r${index}`, inputs);
  });
}

const role = (name: string): Declared => ["aws:iam/role:Role", { name }];
const permission = (of: string, statementId?: string): Declared => [
  "aws:lambda/permission:Permission",
  { function: of, ...(statementId && { statementId }) },
];
const alarm = (name: string, region?: string): Declared => [
  "aws:cloudwatch/metricAlarm:MetricAlarm",
  { name, ...(region && { region }) },
];
const target = (targetId: string, eventBusName?: string): Declared => [
  "aws:cloudwatch/eventTarget:EventTarget",
  { rule: "daily", targetId, ...(eventBusName && { eventBusName }) },
];
const parameter = (name: string): Declared => ["aws:ssm/parameter:Parameter", { name }];
const group = (vpcId: string): Declared => [
  "aws:ec2/securityGroup:SecurityGroup",
  { vpcId, name: "services" },
];
const provider = (allowedAccountIds: unknown): Declared => ["pulumi:providers:aws", { allowedAccountIds }];
const lambdaArn = "arn:aws:lambda:eu-west-1:111111111111:function:watch";

const refused: Record<string, readonly [readonly Declared[], RegExp]> = {
  "a role's name": [
    [role("api"), role("api")],
    /^aws:iam\/role:Role r1 has the name of r0 in account 111111111111: EntityAlreadyExists: Role with name api already exists\.$/,
  ],
  "a role's name in other capitals": [[role("api"), role("API")], /EntityAlreadyExists/],
  "a statement of a function": [
    [permission("watch", "Invokes"), permission("watch", "Invokes")],
    /ResourceConflictException: The statement id \(Invokes\) provided already exists/,
  ],
  "a statement of a function named by its ARN": [
    [permission("watch", "Invokes"), permission(lambdaArn, "Invokes")],
    /ResourceConflictException/,
  ],
  "an alarm's name, which AWS would not refuse": [
    [alarm("denied"), alarm("denied")],
    /r1 has the name of r0 .* would take the place of the other without a word/,
  ],
  "a target's identifier": [[target("one"), target("one", "default")], /would take the place/],
  "a parameter's name, whatever made it": [
    [parameter("/a/b"), ["secrets-platform:index:ExpiringParameter", { name: "/a/b" }]],
    /ParameterAlreadyExists/,
  ],
  "a group's name in a network": [[group("vpc-1"), group("vpc-1")], /InvalidGroup\.Duplicate/],
  "a bucket's name in another account": [
    [
      ["aws:s3/bucket:Bucket", { bucket: "archive" }],
      ["aws:s3/bucket:Bucket", { bucket: "archive" }],
    ],
    /BucketAlreadyExists/,
  ],
  "a second policy of one topic": [
    [
      ["aws:sns/topicPolicy:TopicPolicy", { arn: "arn:aws:sns:eu-west-1:111111111111:notices" }],
      ["aws:sns/topicPolicy:TopicPolicy", { arn: "arn:aws:sns:eu-west-1:111111111111:notices" }],
    ],
    /would take the place/,
  ],
};

const apart: Record<string, readonly Declared[]> = {
  "alarms of two regions": [alarm("denied"), alarm("denied", "eu-central-1")],
  "statements of two functions": [permission("watch", "Invokes"), permission("rollout", "Invokes")],
  "statements that AWS names": [permission("watch"), permission("watch")],
  "targets of two buses": [target("one"), target("one", "services")],
  "groups of two networks": [group("vpc-1"), group("vpc-2")],
  "parameters in other capitals": [parameter("/a/b"), parameter("/A/B")],
};

describe("a name in memory", () => {
  for (const [what, [resources, message]] of Object.entries(refused)) {
    it(`is refused when it is taken: ${what}`, () => {
      make(resources.slice(0, 1));
      const accounts = what.includes("another account") ? [home.account, "222222222222"] : [];
      assert.throws(() => make(resources, accounts), { message });
    });
  }

  for (const [what, resources] of Object.entries(apart)) {
    it(`is told from others: ${what}`, () => make(resources));
  }

  it("is free in another account", () => make([role("api"), role("api")], ["111111111111", "222222222222"]));

  for (const [type, { by, longest }] of Object.entries(awsNames)) {
    if (longest === undefined) continue;
    it(`is refused when it is too long: ${type} takes ${longest} characters`, () => {
      const named = (length: number): Declared => [type, { [by.at(-1)!]: "x".repeat(length) }];
      make([named(longest)]);
      const message = new RegExp(`^AWS would refuse ${type} r0: its name may have ${longest} characters`);
      assert.throws(() => make([named(longest + 1)]), { message });
    });
  }
});

describe("a provider in memory", () => {
  it("is refused in AWS's words when it may not touch the account", () => {
    for (const allowed of [["222222222222"], '["222222222222"]', [222222222222]]) {
      assert.throws(
        () => make([provider(allowed)]),
        /^Error: provider r0: AWS account ID not allowed: 111111111111$/,
      );
    }
  });

  it("may touch the accounts it lists, and any when it lists none", () => {
    for (const allowed of [undefined, [], ["111111111111"], '["222222222222", 111111111111]']) {
      make([provider(allowed)]);
    }
  });
});

/** Types that AWS tells apart by an identifier of its own. */
const unnamed = new Set([
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:kms/key:Key",
  "aws:ram/principalAssociation:PrincipalAssociation",
  "aws:ram/resourceAssociation:ResourceAssociation",
  "aws:ram/resourceShare:ResourceShare",
  "aws:sns/topicSubscription:TopicSubscription",
]);

describe("the names of the stacks", function () {
  this.timeout(120_000);

  it("are of types that the table knows, or that have none", async () => {
    const { stacks } = await built("aws");
    const types = new Set(stacks.flatMap(({ resources }) => resources.map(({ type }) => type)));
    const unknown = [...types].filter(
      (type) => type.startsWith("aws:") && awsNames[type] === undefined && !unnamed.has(type),
    );
    assert.deepEqual(unknown, []);
  });

  it("are refused when two stacks of one account would make the same", async () => {
    const plan = samplePlan();
    const { stacks } = plan.organisation;
    const again = stacks.map((stack) => ({ ...stack, name: `${stack.name}-again` })).slice(0, 1);
    const doubled = { ...plan, organisation: { ...plan.organisation, stacks: [...stacks, ...again] } };
    await assert.rejects(
      buildStacks(doubled, () => {}),
      /has the name of .* in account 111111111111: /,
    );
  });
});
