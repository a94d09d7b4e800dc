import assert from "node:assert/strict";
import { PlainParameter, type PlainParameterArgs } from "../../../components/workload/plainParameter";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";

const args: PlainParameterArgs = {
  name: "/orders/prod/log-level",
  type: "String",
  value: "info",
  tier: "Standard",
  description: "Verbosity",
  tags,
};

async function reasons(change: Partial<PlainParameterArgs>): Promise<Record<string, string>> {
  const { result } = await runProgram(() =>
    rejected(() => new PlainParameter("level", { ...args, ...change })),
  );
  return result;
}

describe("PlainParameter", () => {
  it("makes one parameter whose value a preview shows", async () => {
    const { created, named } = await runProgram(() => new PlainParameter("level", args));
    assert.deepEqual(created, ["aws:ssm/parameter:Parameter level-parameter"]);
    assert.deepEqual(named("level-parameter").inputs, {
      name: "/orders/prod/log-level",
      type: "String",
      insecureValue: "info",
      tier: "Standard",
      description: "Verbosity",
      tags,
    });
  });

  it("rejects all that is wrong at once", async () => {
    const found = await reasons({
      name: "/aws/prod/level",
      type: "SecureString" as "String",
      value: "",
      description: "",
      tags: {},
    });
    assert.deepEqual(Object.keys(found), ["name", "type", "value", "description", "tags"]);
  });

  it("counts bytes, by tier", async () => {
    await runProgram(() => new PlainParameter("level", { ...args, value: "a".repeat(4_096) }));
    assert.match((await reasons({ value: "é".repeat(2_049) }))["value"] ?? "", /^4098 bytes/);
    await runProgram(
      () => new PlainParameter("level", { ...args, value: "a".repeat(8_192), tier: "Advanced" }),
    );
    assert.match((await reasons({ value: "a".repeat(8_193), tier: "Advanced" }))["value"] ?? "", /1 to 8192/);
  });

  it("takes no empty entry in a list", async () => {
    await runProgram(() => new PlainParameter("origins", { ...args, type: "StringList", value: "a,b" }));
    assert.match((await reasons({ type: "StringList", value: "a,,b" }))["value"] ?? "", /^an empty entry/);
  });

  it("never repeats a value", async () => {
    const value = "sesame".repeat(1_000);
    assert(!JSON.stringify(await reasons({ value })).includes("sesame"));
  });
});
