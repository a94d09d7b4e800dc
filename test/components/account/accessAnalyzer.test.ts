import assert from "node:assert/strict";
import { AccessAnalyzer, type AccessAnalyzerArgs } from "../../../components/account/accessAnalyzer";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";

const args: AccessAnalyzerArgs = {
  analyzerName: "secrets-platform",
  regions: ["eu-west-1", "eu-central-1"],
  organisationId: "o-exampleorgid",
  ownAccounts: ["222222222222", "333333333333"],
  tags,
};

describe("AccessAnalyzer", () => {
  it("looks for access from outside the account in each region", async () => {
    const { created, named } = await runProgram(() => new AccessAnalyzer("access", args));
    assert.deepEqual(created, [
      "aws:accessanalyzer/analyzer:Analyzer access-analyzer",
      "aws:accessanalyzer/analyzer:Analyzer access-eu-central-1-analyzer",
      "aws:accessanalyzer/archiveRule:ArchiveRule access-eu-central-1-own-accounts",
      "aws:accessanalyzer/archiveRule:ArchiveRule access-eu-central-1-single-sign-on",
      "aws:accessanalyzer/archiveRule:ArchiveRule access-own-accounts",
      "aws:accessanalyzer/archiveRule:ArchiveRule access-single-sign-on",
    ]);
    const analyzer = { analyzerName: "secrets-platform", type: "ACCOUNT", tags };
    assert.deepEqual(named("access-analyzer").inputs, { region: "eu-west-1", ...analyzer });
    assert.deepEqual(named("access-eu-central-1-analyzer").inputs, { region: "eu-central-1", ...analyzer });
    assert.equal(named("access-eu-central-1-own-accounts").inputs.region, "eu-central-1");
  });

  it("archives what its own accounts are let into by the organisation, and what single sign-on makes", async () => {
    const { named } = await runProgram(() => new AccessAnalyzer("access", args));
    const notPublic = { criteria: "isPublic", eqs: ["false"] };
    assert.deepEqual(named("access-own-accounts").inputs, {
      region: "eu-west-1",
      analyzerName: "secrets-platform",
      ruleName: "own-accounts",
      filters: [
        { criteria: "condition.aws:PrincipalOrgID", eqs: ["o-exampleorgid"] },
        { criteria: "principal.AWS", contains: ["222222222222", "333333333333"] },
        notPublic,
      ],
    });
    assert.deepEqual(named("access-single-sign-on").inputs["filters"], [
      { criteria: "resourceType", eqs: ["AWS::IAM::Role"] },
      { criteria: "resource", contains: [":role/aws-reserved/sso.amazonaws.com/"] },
      notPublic,
    ]);
  });

  it("spreads more accounts than a criterion takes over several rules, and makes none for none", async () => {
    const many = Array.from({ length: 41 }, (_, index) => String(100_000_000_000 + index));
    const { created, named } = await runProgram(
      () => new AccessAnalyzer("access", { ...args, regions: ["eu-west-1"], ownAccounts: many }),
    );
    const rules = created.filter((line) => line.includes("own-accounts")).map((line) => line.split(" ")[1]!);
    assert.deepEqual(rules, ["access-own-accounts", "access-own-accounts-2", "access-own-accounts-3"]);
    const listed = rules.flatMap((rule) => {
      const filters = named(rule).inputs["filters"] as { criteria: string; contains?: string[] }[];
      const accounts = filters.find(({ criteria }) => criteria === "principal.AWS")!.contains!;
      assert.ok(accounts.length <= 20);
      return accounts;
    });
    assert.deepEqual(listed, many);
    const alone = await runProgram(() => new AccessAnalyzer("access", { ...args, ownAccounts: [] }));
    assert.ok(!alone.created.some((line) => line.includes("own-accounts")));
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new AccessAnalyzer("access", {
            analyzerName: "1st",
            regions: ["Ireland"],
            organisationId: "example",
            ownAccounts: ["333"],
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "analyzerName",
      "regions[0]",
      "organisationId",
      "ownAccounts[0]",
      "tags",
    ]);
    const none = await runProgram(() =>
      rejected(() => new AccessAnalyzer("access", { ...args, regions: [] })),
    );
    assert.deepEqual(Object.keys(none.result), ["regions"]);
  });
});
