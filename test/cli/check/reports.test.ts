import assert from "node:assert/strict";
import { checkAccess } from "../../../cli/check/access";
import type { CheckedStacks, StackFinding } from "../../../cli/check/check";
import { jsonReport } from "../../../cli/check/jsonReport";
import { markdownReport } from "../../../cli/check/markdownReport";
import { textReport } from "../../../cli/check/textReport";
import type { Note } from "../../../model/notes/note";
import { built } from "../../stacks/support/built";

const refused: StackFinding = {
  stack: "prod",
  policy: "key-rotation",
  level: "mandatory",
  urn: "urn:pulumi:prod::secrets-platform::a:b:C$aws:kms/key:Key::prod/configuration-key",
  message: "Keys rotate: enableKeyRotation was false. Turn it on.",
};
const advised: StackFinding = {
  ...refused,
  stack: "security",
  policy: "alarms-secrets",
  level: "advisory",
  urn: "",
};

const note: Note = { file: "services/a.yaml", line: 7, column: 12, note: "this could be better" };

describe("the reports of a check", function () {
  this.timeout(240_000);
  let checked: (...findings: readonly StackFinding[]) => CheckedStacks;

  before(async () => {
    const { plan, stacks } = await built("aws");
    const access = checkAccess(plan, stacks);
    checked = (...findings) => ({ plan, stacks, findings, exemptions: [], notes: [], rules: 64, access });
  });

  it("show what is refused first, where it is and what to do, then advice", () => {
    const text = textReport(checked(advised, refused), 1.25, false);
    assert.ok(
      text.includes(
        [
          "",
          "1 finding of 64 policies refuse this",
          "  refused prod: prod/configuration-key",
          "          key-rotation: Keys rotate: enableKeyRotation was false. Turn it on.",
          "  advice  security: the stack",
          "          alarms-secrets: Keys rotate: enableKeyRotation was false. Turn it on.",
          "",
        ].join("\n"),
      ),
      text,
    );
    assert.ok(text.endsWith("\n\nNext: correct what is refused, then run this again.\n"), text);
  });

  it("repeat nothing raw of an exemption, whose reason is what somebody wrote", () => {
    const message = "exempt until 2026-11-30 by a team: old\n::error::\u001b[31m##vso[task.complete]";
    const text = textReport(checked({ ...advised, message }), 1, false);
    assert.match(text, /by a team: old\\u\{a\}::error::\\u\{1b\}\[31m# # vso\[/);
  });

  it("name for a reviewer what manifests name and nothing here makes, ten lines of it at most", () => {
    const text = textReport(checked(), 1, false);
    assert.match(text, /^ {2}orders: ECS service orders\/worker \(staging, prod\)$/m);
    const named = jsonReport(checked(), 1).review ?? [];
    assert.deepEqual(
      named.filter(({ environment }) => environment === "prod").map(({ what }) => what),
      ["source of a build", "ECS service", "ECS service", "rotation function", "managed secret"],
    );
    const { plan, ...rest } = checked();
    const managedSecrets = Array.from({ length: 12 }, (_, at) => ({
      ...plan.managedSecrets[0]!,
      arn: `a:rds!${at}`,
    }));
    const many = textReport({ ...rest, plan: { ...plan, managedSecrets } }, 1, false);
    assert.match(many, /^ {2}and 6 more; --format json lists them$/m);
  });

  it("let advice alone pass", () => {
    const text = textReport(checked(advised), 1.25, false);
    assert.match(text, /^64 policies, nothing refused, 1 advisory finding$/m);
    assert.match(text, /^ {2}pulumi up --stack prod /m);
  });

  it("show notes with their place behind what is found, which they do not change", () => {
    const noted = { ...checked(advised), notes: [note, { ...note, line: 9 }] };
    const text = textReport(noted, 1.25, false);
    const lines = [
      "  SecureStrings by 2, 1 and 2, secrets of database services by 1, 0 and 2, plain parameters by 1, 0 and 1",
      "",
      "2 notes, refusing nothing",
      "  services/a.yaml:7:12 this could be better",
      "  services/a.yaml:9:12 this could be better",
      "",
    ];
    assert.ok(text.includes(`\n${lines.join("\n")}\n`), text);
    assert.match(text, /^64 policies, nothing refused, 1 advisory finding$/m);
    assert.doesNotMatch(textReport(checked(advised), 1.25, false), /note/);
  });

  it("say who can read what after the policies, and how many gates keep others out", () => {
    const text = textReport(checked(), 1.25, false);
    assert.match(
      text,
      /\n64 policies, nothing refused\naccess as meant: 403 of 7,650 pairs of role and item open; each of 117 documents holds by itself\n {2}secrets are kept from other services, administrators and outsiders by 2, 2 and 2 gates at least,\n {2}SecureStrings by 2, 1 and 2, secrets of database services by 1, 0 and 2, plain parameters by 1, 0 and 1\n/,
    );
  });

  it("name who could open values for himself", () => {
    const opener = { policy: "policy of the key", statement: "More", actions: ["kms:CreateGrant"] };
    const access = checked().access;
    assert.ok("openers" in access);
    const found = { ...checked(), access: { ...access, openers: [opener] } };
    assert.match(
      textReport(found, 1, false),
      /\naccess is not as meant: 1 finding\n {2}opens {3}policy of the key: More\n {10}lets somebody come to values who is not meant to: kms:CreateGrant\n/,
    );
    assert.match(markdownReport(found), /\| opens \| `policy of the key: More`/);
    const json = jsonReport(found, 1).access;
    assert.ok(json !== undefined && "openers" in json);
    assert.deepEqual(json.openers, [opener]);
  });

  it("name every pair and every document that is not as meant, and what was not decided", () => {
    const [first] = checked().stacks;
    const resources = first!.resources.filter(
      ({ urn }) => !urn.endsWith("::orders/prod/webhook-signing-key-policy"),
    );
    const { plan, stacks } = checked();
    const access = checkAccess(plan, [{ ...first!, resources }, ...stacks.slice(1)]);
    const text = textReport({ ...checked(), access }, 1, false);
    assert.match(text, /\naccess is not as meant: \d+ findings\n {2}access {2}/);
    assert.match(
      text,
      /\n {2}layer {3}the policy that orders\/prod\/webhook-signing-key lacks\n {10}does not allow what it is to allow: /,
    );
    assert.ok(text.endsWith("\n\nNext: correct what is refused, then run this again.\n"), text);
    const report = jsonReport({ ...checked(), access }, 1).access;
    assert.ok(report !== undefined && "weakened" in report);
    assert.deepEqual(
      [report.pairs, report.layers, report.gates.length, report.weakened[0]?.why],
      [7_650, 117, 56, "does not allow what it is to allow"],
    );
    assert.match(
      markdownReport({ ...checked(), access }),
      /\naccess is not as meant: \d+ findings\n\n\n?\n?\|  \| who can read what \|\n\| - \| - \|\n\| access \| `arn:[^|]+`<br>`[^|]+`<br>`to set it right: [^|]+` \|\n/,
    );
    assert.ok("openers" in report && report.openers.length === 0);
    const undecided = { ...checked(), access: { undecided: ["security: a thing that is not read"] } };
    assert.match(
      textReport(undecided, 1, false),
      /\naccess was not decided, because an answer would be a guess\n {2}unread {2}security: a thing that is not read\n/,
    );
    assert.deepEqual(jsonReport(undecided, 1).access, { undecided: ["security: a thing that is not read"] });
  });

  it("give machines every note with its place", () => {
    const { notes } = jsonReport({ ...checked(), notes: [note] }, 1);
    assert.deepEqual(notes, [{ where: "services/a.yaml:7:12", note: "this could be better" }]);
  });

  it("are in colour where that is asked for, and nowhere else", () => {
    assert.match(textReport(checked(refused), 1, true), /\u001b\[31m1 finding/);
    assert.ok(!textReport(checked(refused), 1, false).includes("\u001b"));
  });

  it("give machines every finding as it is", () => {
    const report = jsonReport(checked(refused, advised), 1.23456);
    assert.deepEqual(report.violations, [refused, advised]);
    assert.equal(report.seconds, 1.235);
  });

  it("give machines every error with its place and words", () => {
    const problem = {
      file: "services/a.yaml",
      line: 2,
      column: 5,
      path: "owner",
      found: "found x",
      allowed: "must be y",
      remedy: "change it",
    };
    assert.deepEqual(jsonReport({ errors: [problem] }, 0.5), {
      stacks: [],
      violations: [],
      notes: [],
      errors: [
        {
          file: "services/a.yaml",
          line: 2,
          column: 5,
          path: "owner",
          message: "found x; must be y; change it",
        },
      ],
      seconds: 0.5,
    });
  });
});
