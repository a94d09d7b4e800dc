import assert from "node:assert/strict";
import { secretPolicy } from "../../model/documents/secretPolicy";
import { boundaryPolicy } from "../../model/documents/boundaryPolicy";
import { consumerPolicy } from "../../model/documents/consumerPolicy";
import { environmentKeyPolicy } from "../../model/documents/environmentKeyPolicy";
import { keyOutput } from "../../model/documents/keyArns";
import { policyText } from "../../model/documents/policy";
import { forbidden } from "../model/documents/support/forbidden";
import { type Built, built, ofType, stackNamed, type Variant } from "./support/built";
import { emittedDocuments, kindOf } from "./support/emittedDocuments";

const everywhere: readonly Variant[] = ["aws", "aws-cn", "aws-us-gov", "sharded"];

for (const variant of everywhere) {
  describe(`documents in the stacks of the samples, ${variant}`, function () {
    this.timeout(240_000);
    let all: Built;

    before(async () => {
      all = await built(variant);
    });

    it("say nothing that no document may say", () => {
      const found = emittedDocuments(all.stacks);
      assert.ok(found.length > 100, `only ${found.length} documents`);
      for (const emitted of found) {
        const kind = kindOf(emitted);
        assert.ok(kind, `say what a document at ${emitted.type} ${emitted.property} is`);
        assert.deepEqual(forbidden(emitted.document, kind, emitted.account), [], emitted.urn);
      }
    });

    it("are those the model makes, with the ARNs that the security stack exports", () => {
      const { plan } = all;
      for (const secret of plan.secrets) {
        const policy = secretPolicy(plan, secret);
        assert.deepEqual(
          documentOf(`${secret.name}-policy`, "aws:secretsmanager/secretPolicy:SecretPolicy"),
          policy,
        );
      }
      for (const key of plan.keys) {
        for (const region of [plan.organisation.region, ...key.replicaRegions]) {
          const copy = region === plan.organisation.region ? "" : `-${region}`;
          const policy = environmentKeyPolicy(plan, key, region);
          assert.deepEqual(
            documentOf(`${key.alias.slice("alias/".length)}${copy}-key`, "aws:kms/key:Key", key.account),
            policy,
          );
        }
      }
      for (const environment of plan.environments) {
        const policy = boundaryPolicy(plan, environment);
        assert.deepEqual(
          documentOf("services-boundary-policy", "aws:iam/policy:Policy", environment.workload.account),
          policy,
        );
        const { outputs } = stackNamed(all, environment.security.stack);
        const arns = outputs["keyArns"] as Readonly<Record<string, string>>;
        for (const consumer of plan.consumers.filter((one) => one.environment === environment.name)) {
          for (const role of consumer.executionRole
            ? [consumer.role, consumer.executionRole]
            : [consumer.role]) {
            const expected = consumerPolicy(
              plan,
              consumer,
              role,
              (key, region) => arns[keyOutput(key, region)]!,
            );
            const use =
              consumer.executionRole === undefined ? "" : role === consumer.role ? "-task" : "-execution";
            assert.deepEqual(
              documentOf(`${consumer.name}${use}-policy`, "aws:iam/rolePolicy:RolePolicy"),
              expected,
            );
          }
        }
      }
    });

    /** The document of the one resource of that name and type, read from its text; undefined where there is none. */
    function documentOf(name: string, type: string, account?: string): unknown {
      const found = all.stacks
        .filter((stack) => account === undefined || stack.account === account)
        .flatMap((stack) => ofType(stack, type))
        .filter((resource) => resource.name === name);
      assert.ok(found.length <= 1, `${found.length} resources ${name}`);
      const text = found[0]?.inputs["policy"];
      if (typeof text !== "string") return undefined;
      const document = JSON.parse(text) as Parameters<typeof policyText>[0];
      assert.equal(text, policyText(document), `${name} is not minified`);
      return document;
    }
  });
}

describe("stacks in other partitions", function () {
  this.timeout(240_000);

  for (const variant of ["aws-cn", "aws-us-gov"] as const) {
    it(`name nothing of the aws partition or its regions in ${variant}`, async () => {
      const { plan, stacks } = await built(variant);
      assert.equal(stacks.length, plan.organisation.stacks.length);
      for (const { stack, resources, outputs } of stacks) {
        assert.ok(JSON.stringify(resources).includes(`arn:${variant}:`), stack);
        assert.ok(JSON.stringify(resources).includes(plan.organisation.region), stack);
        for (const { urn, inputs, outputs: answered } of resources) {
          const text = JSON.stringify([inputs, answered, outputs]);
          assert.ok(!/arn:aws:|eu-west-1|eu-central-1/.test(text), urn);
        }
      }
    });
  }

  it("reach China's services under China's domain", async () => {
    const hosts = (await built("aws-cn")).stacks
      .flatMap(({ resources }) => resources.map(({ inputs }) => JSON.stringify(inputs)))
      .flatMap((text) => text.match(/https:\/\/[\w.-]+\.amazonaws\.com[\w.]*/g) ?? []);
    assert.ok(hosts.length > 0);
    assert.deepEqual(
      hosts.filter((host) => !host.endsWith(".amazonaws.com.cn")),
      [],
    );
  });
});
