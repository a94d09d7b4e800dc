import assert from "node:assert/strict";
import type { RegisteredResource } from "../../cli/inMemory/registeredResource";
import { type Built, built, ofType } from "./support/built";

const application = "aws:serverlessrepository/cloudFormationStack:CloudFormationStack";

/** Where a function writes its logs: what it is told to, or what Lambda makes by itself. */
const groupOf: Readonly<Record<string, (inputs: RegisteredResource["inputs"]) => string>> = {
  "aws:lambda/function:Function": (inputs) => {
    const { logGroup } = (inputs["loggingConfig"] ?? {}) as { logGroup?: string };
    return logGroup ?? `/aws/lambda/${String(inputs["name"])}`;
  },
  [application]: (inputs) => `/aws/lambda/${(inputs["parameters"] as { functionName: string }).functionName}`,
};

describe("logs of functions in the stacks of the samples", function () {
  this.timeout(240_000);
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  it("go to groups of ours, made before them, with a key and an end", () => {
    const seen = new Map<string, number>();
    for (const stack of all.stacks) {
      const groups = new Map(
        ofType(stack, "aws:cloudwatch/logGroup:LogGroup").map((group) => [group.inputs["name"], group]),
      );
      for (const [type, nameOf] of Object.entries(groupOf)) {
        for (const { urn, inputs, dependencies } of ofType(stack, type)) {
          const group = groups.get(nameOf(inputs));
          assert.ok(group, `${urn} has no log group ${nameOf(inputs)}`);
          assert.match(String(group.inputs["kmsKeyId"]), /^arn:aws:kms:eu-west-1:\d{12}:key\//);
          assert.ok(Number(group.inputs["retentionInDays"]) > 0);
          assert.ok(dependencies.includes(group.urn), `${urn} may be there before its log group`);
          seen.set(type, (seen.get(type) ?? 0) + 1);
        }
      }
    }
    assert.ok((seen.get(application) ?? 0) >= 11, `${seen.get(application)} applications`);
    assert.ok((seen.get("aws:lambda/function:Function") ?? 0) >= 5);
  });
});
