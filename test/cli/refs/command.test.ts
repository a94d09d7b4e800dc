import assert from "node:assert/strict";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import type { ReferencesDocument } from "../../../model/references/document";
import { referencesText } from "../../../model/references/document";
import { plannedArn } from "../../../model/references/reference";
import { inCloud } from "../../support/moto/inCloud";
import { type Cloud, startCloud } from "../operations/support/cloud";
import { fixtureServices, planFrom } from "../operations/support/plan";
import { platform } from "../operations/support/platform";

describe("platform refs", function () {
  this.timeout(240_000);
  const plan = planFrom();
  const worker = plan.consumers.find(({ name }) => name === "shop-prod-worker")!;
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const refs = async (args: readonly string[], stack?: "prod" | "security") =>
    platform(["refs", "--services", fixtureServices, ...args], {
      ...(stack !== undefined && { env: await cloud.signedIn(stack) }),
    });
  const publish = async (text: string) => {
    const { ssm } = await cloud.account("prod");
    const Name = worker.references!.name;
    await ssm.send(new PutParameterCommand({ Name, Type: "String", Value: text, Overwrite: true }));
  };

  it("says offline that six characters are made up, and leaves the output as it is to be pasted", async () => {
    const { code, stdout, stderr } = await refs(["shop/prod/worker"]);
    assert.equal(code, 0);
    assert.equal(stdout, `${JSON.stringify(JSON.parse(referencesText(worker, plannedArn)), undefined, 2)}\n`);
    assert.match(stdout, /\?{6}:key_id::/);
    assert.match(stderr, /^\?{6} stands for .*npx platform refs shop\/prod\/worker --deployed has them\n$/);
  });

  it("has them from what the stack published", async () => {
    await publish(referencesText(worker, (item) => plannedArn(item).replace("??????", "AbC123")));
    const { code, stdout, stderr } = await refs(["shop/prod/worker", "--deployed"], "prod");
    assert.deepEqual([code, stderr], [0, ""]);
    const { secrets } = JSON.parse(stdout) as ReferencesDocument;
    assert.ok(secrets.some(({ valueFrom }) => valueFrom.endsWith("/vault-AbC123:key_id::")));
    const build = await refs(["shop/prod/worker", "--deployed", "--format", "csi"], "prod");
    assert.match(build.stdout, /vault-AbC123\n/);
  });

  it("refuses what was published for other manifests, or by nobody, and other accounts' credentials", async () => {
    for (const text of [
      "[]",
      "no JSON",
      referencesText(worker, () => "arn:aws:iam::333333333333:role/admin"),
    ]) {
      await publish(text);
      const { code, stdout, stderr } = await refs(["shop/prod/worker", "--deployed"], "prod");
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(
        stderr,
        /says something else than the manifests do: deploy them first, pulumi up --stack prod --policy-pack policies\n$/,
      );
    }
    const nobody = await refs(["shop/prod/api", "--deployed"], "prod");
    assert.equal(nobody.code, 1);
    assert.match(nobody.stderr, /\/shop\/prod\/platform\/api/);
    const other = await refs(["shop/prod/worker", "--deployed"], "security");
    assert.deepEqual([other.code, other.stdout], [1, ""]);
    assert.match(other.stderr, /held by account 333333333333 \(stack prod\)/);
  });

  it("names consumers and the formats that are for them", async () => {
    for (const [args, message] of [
      [["shop/prod"], "a consumer is named SERVICE/ENVIRONMENT/CONSUMER; there are shop/prod/"],
      [["shop/prod/vault"], "a consumer is named SERVICE/ENVIRONMENT/CONSUMER; that is no consumer"],
      [["shop/prod/wroker"], "there is no consumer or item wroker of shop in prod; did you mean worker?"],
      [
        ["shop/prod/api", "--format", "ecs"],
        "ecs is for ecs consumers, and api is of kind lambda; formats for it are json, env,",
      ],
    ] as const) {
      const { code, stdout, stderr } = await refs(args);
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
      assert.ok(stderr.startsWith(`error: ${message}`), stderr);
    }
  });
});
