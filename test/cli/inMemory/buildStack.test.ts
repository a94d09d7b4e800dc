import assert from "node:assert/strict";
import { Key } from "@pulumi/aws/kms";
import { Parameter } from "@pulumi/aws/ssm";
import * as pulumi from "@pulumi/pulumi";
import { buildStack } from "../../../cli/inMemory/buildStack";
import { buildStacks } from "../../../cli/inMemory/buildStacks";
import { cloudOutputs } from "../../../cli/inMemory/cloudOutputs";
import { organisation } from "../../model/plan/support/organisations";
import { built } from "../../stacks/support/built";

const account = "111111111111";

function run(program: () => Promise<Record<string, unknown>>, stackOutputs = {}) {
  return buildStack({
    project: "secrets-platform",
    stack: "security",
    account,
    cloud: cloudOutputs(organisation(), account, (name) => {
      if (name === "organization/secrets-platform/other") return stackOutputs;
      throw new Error(`unknown stack ${name}`);
    }),
    invoke: (token) => {
      throw new Error(`no answer to ${token}`);
    },
    program,
  });
}

class Pair extends pulumi.ComponentResource {
  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("test:index:Pair", name, {}, opts);
    const key = new Key(`${name}-key`, { description: "first" }, { parent: this });
    new Parameter(
      `${name}-parameter`,
      { name: "/a", type: "SecureString", keyId: key.arn },
      { parent: this, dependsOn: [key] },
    );
    this.registerOutputs({ keyArn: key.arn });
  }
}

describe("a stack built in memory", () => {
  it("keeps what the engine would keep of every resource", async () => {
    const { resources, outputs } = await run(() => {
      new Pair("pair", { protect: true });
      return Promise.resolve({ answer: pulumi.output(42) });
    });
    const [stack, pair, key, parameter] = resources;
    const urn = "urn:pulumi:security::secrets-platform::";
    assert.deepEqual(
      resources.map((resource) => resource.urn),
      [
        `${urn}pulumi:pulumi:Stack::secrets-platform-security`,
        `${urn}test:index:Pair::pair`,
        `${urn}test:index:Pair$aws:kms/key:Key::pair-key`,
        `${urn}test:index:Pair$aws:ssm/parameter:Parameter::pair-parameter`,
      ],
    );
    assert.deepEqual([pair?.parent, key?.parent, parameter?.parent], [stack?.urn, pair?.urn, pair?.urn]);
    assert.deepEqual([pair?.custom, pair?.id, key?.custom, parameter?.id], [false, "", true, "/a"]);
    assert.deepEqual([pair?.protect, key?.protect, parameter?.protect], [true, true, true]);
    assert.deepEqual(parameter?.dependencies, [key?.urn]);
    assert.deepEqual(parameter?.propertyDependencies["keyId"], [key?.urn]);
    assert.match(String(key?.outputs["arn"]), /^arn:aws:kms:eu-west-1:111111111111:key\/[0-9a-f-]{36}$/);
    assert.deepEqual(
      [parameter?.inputs["keyId"], pair?.outputs["keyArn"]],
      [key?.outputs["arn"], key?.outputs["arn"]],
    );
    assert.deepEqual([outputs, stack?.outputs], [{ answer: 42 }, { answer: 42 }]);
  });

  it("is refused like an update when two resources would have one name", async () => {
    const twice = () => {
      new Key("key", {});
      new Key("key", {});
      return Promise.resolve({});
    };
    await assert.rejects(run(twice), /two resources would be called .*::key/);
  });

  it("is refused when the program calls what nobody answers", async () => {
    const calling = async () => ({
      zones: await pulumi.runtime.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {}),
    });
    await assert.rejects(run(calling), /no answer to aws:index\/getAvailabilityZones/);
  });

  it("is refused when the program throws, with what it threw", async () => {
    await assert.rejects(
      run(() => Promise.reject(new pulumi.RunError("stop"))),
      (error) => error instanceof pulumi.RunError,
    );
  });

  it("reads what another stack exports", async () => {
    const reading = () => {
      const other = new pulumi.StackReference("organization/secrets-platform/other");
      return Promise.resolve({ found: other.getOutput("bucket") });
    };
    assert.deepEqual((await run(reading, { bucket: "archive" })).outputs, { found: "archive" });
  });
});

describe("the samples built in memory", function () {
  this.timeout(240_000);

  it("come out the same each time", async () => {
    const { plan, stacks } = await built("aws");
    const again = await buildStacks(plan, () => {});
    assert.deepEqual(JSON.stringify(again), JSON.stringify(stacks));
  });

  it("are announced stack by stack", async () => {
    const { plan } = await built("aws");
    const said: string[] = [];
    await buildStacks({ ...plan, consumers: [], secrets: [], parameters: [], rotators: [] }, (stack) =>
      said.push(stack),
    );
    assert.deepEqual(said, ["security", "staging", "prod"]);
  });
});
