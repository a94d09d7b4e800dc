import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { repository } from "../model/plan/support/samples";
import { type Built, built, ofType } from "./support/built";

/** What a row of the page says this platform takes, and how much of it a stack has. */
const rows: readonly (readonly [quota: string, count: (stack: BuiltStack) => number])[] = [
  [
    "IAM: roles",
    (stack) =>
      ofType(stack, "aws:iam/role:Role").filter(
        ({ inputs }) => !String(inputs["path"]).startsWith("/services/"),
      ).length,
  ],
  ["IAM: customer managed policies", (stack) => ofType(stack, "aws:iam/policy:Policy").length],
  ["VPC: networks", (stack) => ofType(stack, "awsx:ec2:Vpc").length],
  ["VPC: interface endpoints in a network", (stack) => endpoints(stack, "Interface")],
  ["VPC: gateway endpoints", (stack) => endpoints(stack, "Gateway")],
  ["EventBridge: rules on a bus", (stack) => ofType(stack, "aws:cloudwatch/eventRule:EventRule").length],
  ["S3: buckets", (stack) => ofType(stack, "aws:s3/bucket:Bucket").length],
  [
    "CloudWatch Logs: metric filters of a log group",
    (stack) => ofType(stack, "aws:cloudwatch/logMetricFilter:LogMetricFilter").length,
  ],
  [
    "IAM Access Analyzer: analyzers of an account, in a region",
    (stack) =>
      ofType(stack, "aws:accessanalyzer/analyzer:Analyzer").filter(
        ({ inputs }) => inputs["region"] === "eu-west-1",
      ).length,
  ],
  ["CloudTrail: trails", (stack) => ofType(stack, "aws:cloudtrail/trail:Trail").length],
];

function endpoints(stack: BuiltStack, kind: string): number {
  return ofType(stack, "aws:ec2/vpcEndpoint:VpcEndpoint").filter(
    ({ inputs }) => inputs["vpcEndpointType"] === kind,
  ).length;
}

describe("the page on quotas", function () {
  this.timeout(240_000);
  const page = readFileSync(join(repository, "docs", "quotas.md"), "utf8");
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  for (const [quota, count] of rows) {
    it(`says what is taken of ${quota}`, () => {
      const cells = page
        .split("\n")
        .find((line) => line.startsWith(`| ${quota} `))
        ?.split("|");
      assert.ok(cells, `no row ${quota}`);
      const taken = (cells[4] ?? "").trim();
      const [, under, exactly] = /^(?:under (\d+)|(one|\d+)\b)/.exec(taken) ?? [];
      const counts = all.stacks.map(count);
      const most = Math.max(...counts);
      if (under !== undefined) assert.ok(most < Number(under), `${most} of ${quota}`);
      else assert.equal(most, exactly === "one" ? 1 : Number(exactly), taken);
    });
  }
});
