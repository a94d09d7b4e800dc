import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provided } from "../support/leftOut";
import { MissingTool } from "../support/missingTool";
import { ensurePulumiCli } from "./support/cli";
import { run } from "./support/processes";
import { DescribeSecretCommand, RestoreSecretCommand } from "@aws-sdk/client-secrets-manager";
import {
  Emulator,
  Engine,
  repositoryRoot,
  type AwsTarget,
  type Project,
  type ResourceHandler,
  type UpdateResult,
} from "./support/workspace";

const fixture = join(repositoryRoot, "test", "engine", "fixtures", "shop");

/** Minutes that the first build of the CLI on a machine may take. */
const buildMinutes = 30;

/** The last part of a URN, with its type's last part: `Secret::login`. */
function short(urn: string): string {
  return urn.replace(/^.*[:$/](\w+::[^:]+)$/, "$1");
}

/** Everything that a result did, shortened; what stayed the same is left out. */
function did({ changes }: UpdateResult) {
  const { create, update, replace, delete: deleted, import: imported } = changes;
  return {
    create: create.map(short).sort(),
    update: update.map(({ urn, diffs }) => ({ [short(urn)]: diffs })),
    replace: replace.map(({ urn, diffs }) => ({ [short(urn)]: diffs })),
    delete: deleted.map(short).sort(),
    import: imported.map(short),
  };
}

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** Stands for a handler that makes real calls. */
function logGroups(calls: string[]): ResourceHandler<AwsTarget> {
  const record = (operation: string, { account, region }: AwsTarget, name: unknown) =>
    calls.push(`${operation} ${String(name)} in ${region} of ${account}`);
  return {
    create(target, inputs) {
      const name = String(inputs["name"]);
      record("create", target, name);
      const arn = `arn:${target.partition}:logs:${target.region}:${target.account}:log-group:${name}`;
      return { id: name, outputs: { ...inputs, arn } };
    },
    read: (_, __, state) => state,
    update: (_, __, { old }) => old.outputs,
    delete(target, id) {
      record("delete", target, id);
    },
  };
}

/** The update that settles what an import cannot find out. */
const notImported = { "Secret::login": { recoveryWindowInDays: "update" } };

const nothing = { create: [], update: [], replace: [], delete: [], import: [] };

describe("engine harness", function () {
  this.timeout(300_000);
  let engine: Engine;
  let project: Project;
  const calls: string[] = [];

  const settings = (change: Record<string, unknown>, of = project) =>
    of.edit("settings.json", (text) =>
      JSON.stringify({ ...(JSON.parse(text) as object), ...change }, null, 2),
    );
  const secretsIn = (account: string) =>
    engine.cloud
      .list({ type: "aws:secretsmanager/secret:Secret", account })
      .map(({ outputs }) => outputs["name"]);

  before(async function () {
    this.timeout(buildMinutes * 60_000);
    engine = await provided(this, () => Engine.start({ handlers: { [logGroupType]: logGroups(calls) } }));
    project = await engine.project({ from: fixture });
  });

  after(() => engine?.stop());

  describe("a stack of its own", () => {
    it("is previewed without making anything", async () => {
      const result = await project.preview("security");
      assert.deepEqual(did(result), {
        ...nothing,
        create: [
          "Alias::key",
          "Key::key",
          "LogGroup::replica",
          "RandomPassword::password",
          "ReplicaKey::key",
          "Secret::login",
          "SecretPolicy::login",
          "SecretVersion::login",
          "Stack::engine-fixture-security",
          "aws::replica",
        ],
      });
      assert.match(result.stdout, /keyArn *: \[unknown\]/);
      assert.deepEqual(engine.cloud.list(), []);
    });

    it("is deployed to the account and region of its configuration", async () => {
      await project.up("security");
      const { keyArn, secretArns } = await project.outputs("security");
      assert.match(String(keyArn), /^arn:aws:kms:eu-west-1:111111111111:key\/mrk-[0-9a-f]{32}$/);
      assert.match(
        String(secretArns),
        /^arn:aws:secretsmanager:eu-west-1:111111111111:secret:shop\/prod\/login-[A-Za-z0-9]{6}$/,
      );
      const [secret] = engine.cloud.list({ type: "aws:secretsmanager/secret:Secret" });
      assert.deepEqual(secret?.outputs["tagsAll"], { stack: "security" });
      assert.equal(secret?.inputs["forceOverwriteReplicaSecret"], false, "defaults are filled in");
    });

    it("reaches other regions by a provider of their own or by a resource's own region", async () => {
      const { keyArn, replicaArn, logArn } = await project.outputs("security");
      assert.equal(replicaArn, String(keyArn).replace("eu-west-1", "eu-central-1"));
      assert.equal(logArn, "arn:aws:logs:eu-central-1:111111111111:log-group:/shop/replica");
    });

    it("makes real calls where the test has a handler for the type", () => {
      assert.deepEqual(calls, ["create /shop/replica in eu-central-1 of 111111111111"]);
      const [log] = engine.cloud.list({ type: logGroupType });
      assert.equal(log?.region, "eu-central-1", "what a handler makes is in the ledger too");
      assert.deepEqual(log?.outputs["tagsAll"], { stack: "security" });
    });

    it("is left alone when nothing changed", async () => {
      const result = await project.up("security");
      assert.deepEqual(did(result), nothing);
      assert.equal(result.changes.same, 10);
    });

    it("keeps secret values encrypted in its state, and a search finds them once decrypted", async () => {
      const { deployment } = await project.exportState("security", { showSecrets: true });
      const password = deployment.resources?.find(({ type }) => type.endsWith(":RandomPassword"))?.outputs?.[
        "result"
      ];
      const { plaintext } = password as { plaintext: string };
      const value = JSON.parse(plaintext) as string;
      assert.equal(value.length, 24);
      const state = await project.stateText("security");
      assert.ok(state.includes("RandomPassword"));
      assert.ok(!state.includes(value));
      const places = await project.placesContaining(value);
      assert.deepEqual(
        places.filter((place) => !place.startsWith("debug messages of pulumi up")),
        ["state of security, decrypted"],
      );
      assert.deepEqual(await project.placesContaining("a value that nobody knows"), []);
    });
  });

  describe("another account's stack", () => {
    it("reads the first one's outputs and gets its network from awsx", async () => {
      const preview = await project.preview("prod");
      assert.deepEqual(engine.cloud.list({ account: "333333333333" }), []);
      assert.match(preview.stdout, /vpcId *: \[unknown\]/);

      const result = await project.up("prod");
      const network = result.changes.create.filter((urn) => urn.includes("awsx:ec2:Vpc")).map(short);
      const count = (kind: string) => network.filter((name) => name.startsWith(`${kind}::`)).length;
      assert.deepEqual(
        [
          "Subnet",
          "RouteTable",
          "RouteTableAssociation",
          "Route",
          "InternetGateway",
          "NatGateway",
          "Eip",
        ].map(count),
        [4, 4, 4, 4, 1, 1, 1],
      );
      assert.ok(network.includes("Subnet::network-private-2"));

      const [security, prod] = [await project.outputs("security"), await project.outputs("prod")];
      assert.equal(prod["securityKey"], security["keyArn"]);
      assert.deepEqual(prod["roleArns"], ["arn:aws:iam::333333333333:role/services/shop/shop-reader"]);
      assert.deepEqual(prod["bucketTags"], { stack: "prod", team: "shop" });
      const subnets = engine.cloud.list({ type: "aws:ec2/subnet:Subnet" });
      const privateIds = subnets
        .filter(({ inputs }) => inputs["mapPublicIpOnLaunch"] === false)
        .map(({ id }) => id);
      assert.equal(
        (prod["privateRouteTableIds"] as string[]).length,
        2,
        "resources among outputs can be looked into",
      );
      assert.deepEqual([...(prod["privateSubnetIds"] as string[])].sort(), privateIds.sort());
    });

    it("runs the provider plugin that lies in the project", async () => {
      const { digest } = await project.outputs("prod");
      assert.match(String(digest), /^[0-9a-f]{64}$/);
    });

    it("changes nothing the second time", async () => {
      const result = await project.up("prod");
      assert.deepEqual(did(result), nothing);
      assert.equal(result.changes.same, 28);
    });

    it("adds and removes only what belongs to a role", async () => {
      await settings({ roles: ["reader", "writer"] });
      assert.deepEqual(did(await project.up("prod")), {
        ...nothing,
        create: ["Role::writer", "RolePolicy::writer"],
      });
      await settings({ roles: ["reader"] });
      assert.deepEqual(did(await project.up("prod")), {
        ...nothing,
        delete: ["Role::writer", "RolePolicy::writer"],
      });
    });

    it("makes again what somebody removed, after a refresh", async () => {
      const [policy] = engine.cloud.list({ type: "aws:iam/rolePolicy:RolePolicy", account: "333333333333" });
      assert.ok(policy);
      engine.cloud.remove(policy);
      const { changes } = await project.up("prod", { refresh: true });
      assert.deepEqual(changes.create.map(short), ["RolePolicy::reader"]);
    });

    it("is refused by a policy pack in preview once it is weakened", async () => {
      const clean = await project.preview("prod", { policyPacks: ["policies"] });
      assert.deepEqual(clean.policyViolations, []);
      await settings({ bucketIsPublic: true });
      const result = await project.preview("prod", { policyPacks: ["policies"], expectFailure: true });
      assert.deepEqual(
        result.policyViolations.map(({ policy, level, urn }) => [policy, level, short(urn ?? "")]),
        [["no-public-bucket", "mandatory", "BucketPublicAccessBlock::archive"]],
      );
      await settings({ bucketIsPublic: false });
    });

    it("stops before anything happens when the credentials are another account's", async () => {
      engine.cloud.signedInAs = "222222222222";
      const result = await project.preview("prod", { expectFailure: true });
      engine.cloud.signedInAs = undefined;
      assert.match(result.stdout, /AWS account ID not allowed: 222222222222/);
    });

    it("stops when one provider may not touch the account that the stack is in", async () => {
      await settings({ replicaAccount: "222222222222" });
      const result = await project.preview("security", { expectFailure: true });
      await settings({ replicaAccount: "111111111111" });
      assert.match(result.stdout, /AWS account ID not allowed: 111111111111/);
    });
  });

  describe("a secret", () => {
    it("is updated in place, and the preview names the property", async () => {
      await settings({ description: "Login of the web shop" });
      const expected = { ...nothing, update: [{ "Secret::login": { description: "update" } }] };
      assert.deepEqual(did(await project.preview("security")), expected);
      assert.deepEqual(did(await project.up("security")), expected);
    });

    it("is replaced when its name changes", async () => {
      await settings({ secretNames: ["shop/live/login"] });
      const result = await project.up("security");
      assert.deepEqual(did(result).replace, [
        { "Secret::login": { name: "update-replace" } },
        { "SecretPolicy::login": { secretArn: "update-replace" } },
        { "SecretVersion::login": { secretId: "update-replace" } },
      ]);
      assert.deepEqual(secretsIn("111111111111"), ["shop/live/login"]);
    });

    it("waits out its recovery window, in which its name is taken", async () => {
      await settings({ secretNames: [] });
      const removal = await project.up("security");
      assert.deepEqual(did(removal), {
        ...nothing,
        delete: ["Secret::login", "SecretPolicy::login", "SecretVersion::login"],
      });
      assert.deepEqual(secretsIn("111111111111"), []);

      await settings({ secretNames: ["shop/live/login"] });
      const result = await project.up("security", { expectFailure: true });
      assert.match(result.stdout, /InvalidRequestException: .* already scheduled for deletion/);
    });

    it("is adopted by import once it is restored", async () => {
      const { id } = engine.cloud.restoreSecret("shop/live/login");
      await settings({ importSecret: id });
      const result = await project.up("security");
      assert.deepEqual(did(result).import, ["Secret::login"]);
      assert.deepEqual((await project.outputs("security"))["secretArns"], [id]);
      await settings({ importSecret: "" });
      assert.deepEqual(did(await project.up("security")).update, [notImported]);
    });

    it("frees its name when the recovery window ends", async () => {
      await settings({ secretNames: [] });
      await project.up("security");
      engine.cloud.passDays(8);
      assert.deepEqual(engine.cloud.pendingDeletion({ type: "aws:secretsmanager/secret:Secret" }), []);
      await settings({ secretNames: ["shop/live/login"] });
      await project.up("security");
      assert.deepEqual(secretsIn("111111111111"), ["shop/live/login"]);
    });
  });

  describe("at the end", () => {
    it("destroys everything it made", async () => {
      await project.destroy("prod");
      await project.destroy("security");
      assert.deepEqual(engine.cloud.list(), []);
    });

    it("says what failed when a command does not do what the test expects", async () => {
      await project.write("index.ts", "throw new Error('broken on purpose');");
      await assert.rejects(
        project.preview("prod"),
        /pulumi preview --stack prod.* failed\n[^]*broken on purpose/,
      );
      await project.write("index.ts", "export {};");
      await assert.rejects(
        project.preview("prod", { expectFailure: true }),
        /succeeded, but was expected to fail/,
      );
    });
  });

  describe("with an emulator of AWS", () => {
    let emulator: Emulator;
    let emulated: Engine;
    let shop: Project;
    let arn: string;

    before(async function () {
      this.timeout(buildMinutes * 60_000);
      emulator = await provided(this, () => Emulator.start());
      emulated = await Engine.start(emulator.options);
      shop = await emulated.project({ from: fixture });
    });

    after(async () => {
      await emulated?.stop();
      await emulator?.stop();
    });

    const secrets = () => emulator.secrets({ account: "111111111111", region: "eu-west-1" });

    it("makes secrets with real calls, which anybody's calls then find", async () => {
      await shop.up("security");
      const { ARN, Description, Tags } = await (
        await secrets()
      ).send(new DescribeSecretCommand({ SecretId: "shop/prod/login" }));
      arn = ARN ?? "";
      assert.deepEqual((await shop.outputs("security"))["secretArns"], [arn]);
      assert.equal(Description, "Login of the shop");
      assert.deepEqual(Tags, [{ Key: "stack", Value: "security" }]);
      assert.deepEqual(did(await shop.up("security")), nothing);
      assert.deepEqual(did(await shop.up("security", { refresh: true })), nothing);
    });

    it("imports a secret that was restored in its recovery window, but not what AWS does not tell", async () => {
      await settings({ secretNames: [] }, shop);
      await shop.up("security");
      await settings({ secretNames: ["shop/prod/login"] }, shop);
      const refusal = await shop.up("security", { expectFailure: true });
      assert.match(refusal.stdout, /secret with this name is already scheduled for deletion/);

      await (await secrets()).send(new RestoreSecretCommand({ SecretId: arn }));
      await settings({ importSecret: arn }, shop);
      assert.deepEqual(did(await shop.up("security")).import, ["Secret::login"]);
      await settings({ importSecret: "" }, shop);
      assert.deepEqual(did(await shop.up("security")).update, [notImported]);
    });
  });

  describe("its tools", () => {
    it("say how to get a Pulumi CLI where there is none", async () => {
      const tools = await mkdtemp(join(tmpdir(), "no-tools-"));
      try {
        await assert.rejects(ensurePulumiCli({ path: tools, tools }), (error: Error) => {
          assert.ok(error instanceof MissingTool);
          assert.match(error.message, /need the Pulumi CLI.*or Go.*Install one of them/);
          return true;
        });
      } finally {
        await rm(tools, { recursive: true });
      }
    });

    it("end a command that takes too long", async () => {
      const result = await run("sleep", ["60"], { timeoutMs: 100 });
      assert.deepEqual([result.timedOut, result.exitCode], [true, undefined]);
    });
  });
});
