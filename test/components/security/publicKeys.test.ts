import assert from "node:assert/strict";
import { PublicKeys, type PublicKeysArgs } from "../../../components/security/publicKeys";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";
import { rejected } from "../support/problems";

const args: PublicKeysArgs = {
  parameterName: "/orders/prod/token-key.jwks",
  description: "Public keys of token-key, a JWK set",
  readerAccounts: ["333333333333"],
  tags,
};

describe("PublicKeys", () => {
  it("makes an empty set, in the tier that can be shared, and shares it with the readers' accounts", async () => {
    const { created, named } = await runProgram(() => new PublicKeys("keys", args));
    assert.deepEqual(created, [
      "aws:ram/principalAssociation:PrincipalAssociation keys-reader-333333333333",
      "aws:ram/resourceAssociation:ResourceAssociation keys-shared",
      "aws:ram/resourceShare:ResourceShare keys-share",
      "aws:ssm/parameter:Parameter keys-parameter",
    ]);
    assert.deepEqual(named("keys-parameter").inputs, {
      name: args.parameterName,
      description: args.description,
      type: "String",
      tier: "Advanced",
      insecureValue: '{"keys":[]}',
      tags,
    });
    assert.equal(named("keys-share").inputs.name, "orders-prod-token-key-jwks");
  });

  it("is not shared where nothing elsewhere reads it", async () => {
    const { created } = await runProgram(() => new PublicKeys("keys", { ...args, readerAccounts: [] }));
    assert.deepEqual(created, ["aws:ssm/parameter:Parameter keys-parameter"]);
  });

  const broken: readonly (readonly [string, Partial<PublicKeysArgs>, RegExp])[] = [
    ["another name", { parameterName: "/orders/prod/token-key" }, /parameterName.*ending in `.jwks`/],
    ["AWS's own name", { parameterName: "/aws/prod/token-key.jwks" }, /parameterName/],
    ["an account that is none", { readerAccounts: ["prod"] }, /readerAccounts/],
    ["an account twice", { readerAccounts: ["333333333333", "333333333333"] }, /readerAccounts/],
    ["no description", { description: "" }, /description/],
  ];
  for (const [what, change, said] of broken) {
    it(`refuses ${what}`, () => {
      assert.match(JSON.stringify(rejected(() => new PublicKeys("keys", { ...args, ...change }))), said);
    });
  }
});
