import assert from "node:assert/strict";
import { SecureParameter, type SecureParameterArgs } from "../../../components/account/secureParameter";
import { ValuesProvider } from "../../../components/values/valuesProvider";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { keyArn, tags } from "../support/organisation";
import { settle } from "../support/settle";

const args: SecureParameterArgs = {
  parameterName: "/orders/prod/partner-token",
  description: "Token the shipping partner gave us",
  keyArn,
  expires: { never: false, afterDays: 90, warnDays: 14 },
  readerAccounts: ["333333333333"],
  tags,
};

const arn = "arn:aws:ssm:eu-west-1:111111111111:parameter/orders/prod/partner-token";

describe("SecureParameter", () => {
  it("makes the parameter and shares it inside the organisation with its readers", async () => {
    const { created, named, result } = await runProgram(() => new SecureParameter("token", args));
    assert.deepEqual(created, [
      "aws:ram/principalAssociation:PrincipalAssociation token-reader-333333333333",
      "aws:ram/resourceAssociation:ResourceAssociation token-shared",
      "aws:ram/resourceShare:ResourceShare token-share",
      "secrets-platform:index:ExpiringParameter token-parameter",
    ]);
    assert.deepEqual(named("token-parameter").inputs, {
      name: "/orders/prod/partner-token",
      description: "Token the shipping partner gave us",
      keyId: keyArn,
      expires: { never: false, afterDays: 90, warnDays: 14 },
      tags,
    });
    const resourceShareArn = "arn:aws:ram:eu-west-1:111111111111:resource-share/token-share";
    assert.deepEqual(named("token-share").inputs, {
      name: "orders-prod-partner-token",
      allowExternalPrincipals: false,
      tags,
    });
    assert.deepEqual(named("token-shared").inputs, { resourceShareArn, resourceArn: arn });
    assert.deepEqual(named("token-reader-333333333333").inputs, {
      resourceShareArn,
      principal: "333333333333",
    });
    assert.deepEqual(await settle(result.arn), [arn]);
  });

  it("shares it again when the parameter was made again, the old association first", async () => {
    const { named } = await runProgram(() => new SecureParameter("token", args));
    assert.equal(named("token-shared").replacementTrigger, "token-parameter-first");
    assert.equal(named("token-shared").deleteBeforeReplace, true);
    assert.equal(named("token-share").replacementTrigger, undefined);
    assert.equal(named("token-reader-333333333333").replacementTrigger, undefined);
  });

  it("shares nothing where no account reads", async () => {
    const { created } = await runProgram(() => new SecureParameter("token", { ...args, readerAccounts: [] }));
    assert.deepEqual(created, ["secrets-platform:index:ExpiringParameter token-parameter"]);
  });

  it("hands the values plugin and protection on to the parameter, and no protection to what shares it", async () => {
    const { named } = await runProgram(() => {
      const values = new ValuesProvider("values", { region: "eu-west-1" });
      return new SecureParameter("token", args, { providers: [values], protect: true });
    });
    assert.equal(named("token-parameter").provider, "values");
    assert.equal(named("token-share").provider, "");
    assert.equal(named("token-parameter").protect, true);
    for (const name of ["token-share", "token-shared", "token-reader-333333333333"])
      assert.equal(named(name).protect, false, `${name} could not be replaced or withdrawn`);
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new SecureParameter("token", {
            parameterName: "/aws/prod/token",
            description: "",
            keyArn: "alias/aws/ssm",
            expires: { never: false, afterDays: 91, warnDays: 13 },
            readerAccounts: ["333333333333", "333333333333", "3"],
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "parameterName",
      "description",
      "keyArn",
      "expires.afterDays",
      "expires.warnDays",
      "readerAccounts",
      "readerAccounts[2]",
      "tags",
    ]);
  });

  for (const [name, expires, path] of [
    ["a warning longer than its life", { never: false, afterDays: 20, warnDays: 20 }, "expires.warnDays"],
    ["no reminder", { never: true, remindDays: 0 }, "expires.remindDays"],
  ] as const) {
    it(`rejects ${name}`, async () => {
      const { result } = await runProgram(() =>
        rejected(() => new SecureParameter("token", { ...args, expires })),
      );
      assert.deepEqual(Object.keys(result), [path]);
    });
  }
});
