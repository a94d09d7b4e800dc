import assert from "node:assert/strict";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { decide } from "../model/documents/support/evaluator";
import { corpus } from "../model/detection/support/corpus";
import { metricFilter } from "../model/detection/support/metricFilter";
import { type Built, built, ofType, stackNamed, type Variant } from "./support/built";

const organisation = "o-exampleorgid";

describe("endpoints of the samples' networks", function () {
  this.timeout(240_000);
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  it("are the ones through which values may be read, and no other of the account", () => {
    for (const name of ["staging", "prod"]) {
      const stack = stackNamed(all, name);
      const ids = endpoints(stack);
      const [filter, ...others] = ofType(stack, "aws:cloudwatch/logMetricFilter:LogMetricFilter").filter(
        ({ inputs }) => String(inputs["pattern"]).includes("$.vpcEndpointId !="),
      );
      assert.equal(others.length, 0);
      const pattern = String(filter!.inputs["pattern"]);
      const metric = filter!.inputs["metricTransformation"] as { name: string };
      assert.equal(metric.name, "ReadsFromUnexpectedAddress");
      // In memory their ids are those that checks reckon with, so what the pattern came from tells that it is theirs.
      const named = ofType(stack, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(({ outputs }) =>
        pattern.includes(`"${String(outputs["id"])}"`),
      );
      assert.equal(named.length, 2);
      assert.deepEqual(
        filter!.dependencies.filter((urn) => urn.includes("VpcEndpoint")).sort(),
        named.map(({ urn }) => urn).sort(),
      );
      const matches = metricFilter(pattern);
      const { record } = corpus().find(({ name: file }) => file === "normal/lambda-reads-secret")!;
      for (const [service, id] of ids) {
        const through = { ...record, vpcEndpointId: id };
        const expected = !["secretsmanager", "ssm"].includes(service);
        assert.equal(matches(through, { missingDiffers: true }), expected, `${name}: ${service}`);
      }
      const foreign = { ...record, vpcEndpointId: "vpce-0a1b2c3d4e5f60099" };
      assert.ok(matches(foreign, { missingDiffers: true }));
      const { vpcEndpointId, ...outside } = record as Record<string, unknown>;
      assert.ok(vpcEndpointId);
      assert.ok(!matches(outside, { missingDiffers: false }), "that is for unexpected-address");
    }
  });
});

for (const variant of ["aws", "aws-cn", "aws-us-gov"] as const satisfies readonly Variant[]) {
  describe(`the way out to S3 of the samples' networks, ${variant}`, function () {
    this.timeout(240_000);
    let policies: readonly { readonly account: string; readonly text: string; readonly region: string }[];
    const partition = variant;

    before(async () => {
      const all = await built(variant);
      policies = all.stacks.flatMap((stack) =>
        ofType(stack, "aws:ec2/vpcEndpoint:VpcEndpoint")
          .filter(({ inputs }) => inputs["vpcEndpointType"] === "Gateway")
          .map(({ inputs }) => ({
            account: stack.account,
            text: String(inputs["policy"]),
            region: all.plan.organisation.region,
          })),
      );
      assert.equal(policies.length, 2);
    });

    const bucket = (name: string) => `arn:${partition}:s3:::${name}/key`;

    it("takes this account's roles to buckets of the organisation alone", () => {
      for (const { account, text } of policies) {
        const role = (of: string, org: string) => ({
          arn: `arn:${partition}:iam::${of}:role/services/orders/orders-prod-worker`,
          account: of,
          organisation: org,
        });
        const call = (caller: ReturnType<typeof role>, owner: string, action = "s3:PutObject") =>
          decide(text, {
            caller,
            action,
            resource: bucket("reports"),
            context: { "aws:ResourceOrgID": owner },
          });
        assert.equal(call(role(account, organisation), organisation), "allow");
        assert.equal(call(role(account, organisation), organisation, "s3:GetObject"), "allow");
        assert.equal(call(role(account, organisation), "o-somebodyelse"), "nothing", "a stranger's bucket");
        assert.equal(call(role("999999999999", organisation), organisation), "nothing", "another account");
        assert.equal(call(role(account, "o-somebodyelse"), organisation), "nothing", "left the organisation");
      }
    });

    it("takes anybody to the region's image layers and packages, to read them", () => {
      for (const { text, region } of policies) {
        // Layers come by addresses that Amazon ECR has signed, packages without a signature.
        const anybody = { arn: "anonymous", account: "anonymous", organisation: "none" };
        const call = (resource: string, action = "s3:GetObject") =>
          decide(text, { caller: anybody, action, resource });
        for (const name of [`prod-${region}-starport-layer-bucket`, `al2023-repos-${region}-de612dc2`]) {
          assert.equal(call(bucket(name)), "allow", name);
          assert.equal(call(bucket(name), "s3:PutObject"), "nothing", name);
          assert.equal(call(bucket(name), "s3:ListBucket"), "nothing", name);
        }
        for (const name of [
          "reports",
          "prod-us-east-2-starport-layer-bucket",
          `prod-${region}-starport-layer-bucket-mine`,
          `al2023-repos-${region}-attacker`,
        ]) {
          assert.equal(call(bucket(name)), "nothing", name);
        }
      }
    });
  });
}

/** Service and id of each. */
function endpoints(stack: BuiltStack): readonly (readonly [service: string, id: string])[] {
  return ofType(stack, "aws:ec2/vpcEndpoint:VpcEndpoint").map(({ inputs, outputs }) => [
    String(inputs["serviceName"]).split(".").at(-1)!,
    String(outputs["id"]),
  ]);
}
