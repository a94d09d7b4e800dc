import assert from "node:assert/strict";

import { any, takesEvent, type EventFields } from "../../../policies/documents/eventPattern";
import { unknown, type Value } from "../../../policies/view/values";

const event: EventFields = {
  source: "aws.ssm",
  account: any,
  name: unknown,
  detail: { kind: "Expiration", "parameter-name": "/orders/prod/token" },
};

describe("takesEvent", () => {
  const cases: readonly (readonly [Value, boolean | typeof unknown])[] = [
    [{}, true],
    [{ source: ["aws.ssm"] }, true],
    [{ source: "aws.ssm" }, true],
    [{ source: ["aws.ec2"] }, false],
    [{ source: ["AWS.SSM"] }, false],
    [{ source: ["aws.ssm"], detail: { kind: ["Other"] } }, false],
    [{ detail: { kind: ["Other", { prefix: "Exp" }] } }, true],
    [{ detail: { kind: [{ prefix: { "equals-ignore-case": "EXP" } }] } }, true],
    [{ detail: { kind: [{ suffix: { "equals-ignore-case": "EXP" } }] } }, false],
    [{ detail: { kind: [{ "equals-ignore-case": "expiration" }] } }, true],
    [{ detail: { "parameter-name": [{ wildcard: "/*/prod/*" }] } }, true],
    [{ detail: { "parameter-name": [{ wildcard: "/*/staging/*" }] } }, false],
    [{ detail: { kind: [{ "anything-but": "Expiration" }] } }, false],
    [{ detail: { kind: [{ "anything-but": ["Other", "More"] }] } }, true],
    [{ detail: { kind: [{ "anything-but": { prefix: ["Exp", "Other"] } }] } }, false],
    [{ detail: { kind: [{ "anything-but": { "equals-ignore-case": "EXPIRATION" } }] } }, false],
    [{ detail: { kind: [{ "anything-but": { wildcard: "*Other*" } }] } }, true],
    [{ detail: { other: [{ "anything-but": "Expiration" }] } }, false],
    [{ detail: { other: [{ exists: false }] } }, true],
    [{ detail: { kind: [{ exists: false }] } }, false],
    [{ detail: { kind: [{ numeric: [">", 0] }] } }, false],
    [{ detail: { kind: [7, null, true] } }, false],
    [{ detail: { kind: [] } }, false],
    [{ detail: ["Expiration"] }, false],
    [{ source: { kind: ["Expiration"] } }, false],
    [{ $or: [{ source: ["aws.ec2"] }, { detail: { kind: ["Expiration"] } }] }, true],
    [{ $or: [{ source: ["aws.ec2"] }, { detail: { kind: ["Other"] } }] }, false],
    [{ account: ["111111111111"] }, true],
    [{ account: [{ "anything-but": "111111111111" }] }, true],
    [{ account: [{ exists: false }] }, false],
    [{ name: ["a"] }, unknown],
    [{ name: ["a"], source: ["aws.ec2"] }, false],
    [{ source: [unknown] }, unknown],
    [{ source: ["aws.ssm", unknown] }, true],
    [{ source: [{ prefix: unknown }] }, unknown],
    [{ detail: unknown }, unknown],
    [unknown, unknown],
    [undefined, false],
    ["text", false],
  ];
  for (const [pattern, taken] of cases) {
    const text = JSON.stringify(pattern, (_, value: unknown) => (value === unknown ? "(unknown)" : value));
    it(`says ${String(taken)} of ${text}`, () => assert.equal(takesEvent(pattern, event), taken));
  }
});
