import assert from "node:assert/strict";
import { load, linesOf, replaced, settings, type Files } from "./support/folder";

const prod = "Pulumi.prod.yaml";

/** The settings with lines added to prod's. */
function withLines(...lines: readonly string[]): Files {
  return { ...settings, [prod]: `${settings[prod]}${lines.map((line) => `  ${line}\n`).join("")}` };
}

function prodOf(files: Files) {
  const { organisation, problems } = load(files);
  assert.deepEqual(problems, []);
  return organisation?.stacks.find(({ name }) => name === "prod");
}

describe("settings of what is recorded, watched and told", () => {
  it("may be left out altogether", () => {
    const { trail, accessAnalyzer, alarms, notices } = prodOf(settings)!;
    assert.deepEqual([trail, accessAnalyzer, alarms, notices], [undefined, undefined, undefined, undefined]);
  });

  it("are taken as they are written", () => {
    const stack = prodOf(
      withLines(
        "secrets-platform:trail: existing",
        "secrets-platform:trailLogGroup: aws-controltower/CloudTrailLogs",
        "secrets-platform:alarms:",
        "  namePrefix: acme",
        "  expectedAddresses: [203.0.113.0/24, 198.51.100.7]",
        "  expectedRoles: [rotation/*, ci-runner]",
        "  outsideNetwork: [services/orders/orders-prod-importer]",
        "  readsInFiveMinutes: 5000",
        "  deployerChanges: report",
        "secrets-platform:notices:",
        "  email: [security@example.com]",
        "  owners: [orders-team@example.com]",
        "  https: [https://alerts.example.com/aws]",
        "  slack: [{ workspace: T0123ABCDEF, channel: C0123ABCDEF }]",
        "  teams:",
        "    - tenant: 0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f",
        "      team: 1a1b2c3d-0000-4000-8000-0a1b2c3d4e5f",
        '      channel: "19:0123abcd@thread.tacv2"',
      ),
    )!;
    assert.deepEqual(stack.trail, { mode: "existing", logGroup: "aws-controltower/CloudTrailLogs" });
    assert.deepEqual(stack.alarms, {
      namePrefix: "acme",
      expectedAddresses: ["203.0.113.0/24", "198.51.100.7"],
      expectedRoles: ["rotation/*", "ci-runner"],
      outsideNetwork: ["services/orders/orders-prod-importer"],
      readsInFiveMinutes: 5000,
      deployerChanges: "report",
    });
    assert.deepEqual(stack.notices, {
      email: ["security@example.com"],
      owners: ["orders-team@example.com"],
      https: ["https://alerts.example.com/aws"],
      slack: [{ workspace: "T0123ABCDEF", channel: "C0123ABCDEF" }],
      teams: [
        {
          tenant: "0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f",
          team: "1a1b2c3d-0000-4000-8000-0a1b2c3d4e5f",
          channel: "19:0123abcd@thread.tacv2",
        },
      ],
    });
  });

  it("leave the analysis of an account to what is there already, or to the platform", () => {
    const set = (value: string) =>
      prodOf(withLines(`secrets-platform:accessAnalyzer: ${value}`))!.accessAnalyzer;
    assert.equal(set("existing"), "existing");
    assert.equal(set("create"), undefined);
    assert.match(
      linesOf(withLines("secrets-platform:accessAnalyzer: none")).join("\n"),
      /config\.secrets-platform:accessAnalyzer: found "none"; must be one of `create`, `existing`/,
    );
  });

  it("let the archive be queried within a limit", () => {
    const queries = "keepDays: 2557\n    queries: { scanLimitGigabytes: 50 }";
    const { organisation, problems } = load(replaced("Pulumi.security.yaml", "keepDays: 2557", queries));
    assert.deepEqual(problems, []);
    const [security] = organisation?.stacks ?? [];
    assert.deepEqual(security?.kind === "security" && security.logArchive, {
      lockDays: 365,
      keepDays: 2557,
      queries: { scanLimitGigabytes: 50 },
    });
  });

  it("put the stack with the audit bucket first among those that hold values", () => {
    const files = {
      ...replaced("Pulumi.security.yaml", "[staging, prod]", "[staging]"),
      "Pulumi.yaml": settings["Pulumi.yaml"].replace(
        '      security: "',
        '      security-prod: "444444444444"\n      security: "',
      ),
      "Pulumi.security-prod.yaml": `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["444444444444"]
  secrets-platform:environments: [prod]
`,
      "Pulumi.security.yaml": settings["Pulumi.security.yaml"]
        .replace("[staging, prod]", "[staging]")
        .replace(/ {2}secrets-platform:rotationNetwork:[^]*?(?= {2}secrets-platform:logArchive)/, ""),
    };
    const { organisation, problems } = load(files);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      organisation?.stacks.map(({ name }) => name),
      ["security", "security-prod", "staging", "prod"],
    );
  });

  for (const [lines, expected] of [
    [
      ["secrets-platform:trail: mine"],
      '13:27 config.secrets-platform:trail: found "mine"; must be one of `create`, `existing`; change it',
    ],
    [
      ["secrets-platform:trail: existing"],
      "13:27 config.secrets-platform:trail: found `existing`, and no log group; alarms look at the log group that the trail writes to; name it in `secrets-platform:trailLogGroup`",
    ],
    [
      ["secrets-platform:trailLogGroup: /trail"],
      "13:35 config.secrets-platform:trailLogGroup: found a log group, and the platform makes its own trail; a log group is named for a trail that exists; add `secrets-platform:trail: existing`, or remove it",
    ],
    [
      ["secrets-platform:alarms: { expectedAddresses: [256.0.0.0/8] }"],
      '13:50 config.secrets-platform:alarms.expectedAddresses.0: found "256.0.0.0/8"; must be an IPv4 address or a range of /8 to /32, such as `203.0.113.0/24`; change it',
    ],
    [
      ["secrets-platform:alarms: { expectedAddresses: [10.0.0.0/7] }"],
      '13:50 config.secrets-platform:alarms.expectedAddresses.0: found "10.0.0.0/7"; must be an IPv4 address or a range of /8 to /32, such as `203.0.113.0/24`; change it',
    ],
    [
      ['secrets-platform:alarms: { expectedRoles: ["*"] }'],
      '13:46 config.secrets-platform:alarms.expectedRoles.0: found "*"; must be the name of a role, with its path if it has one and `*` at the end at most, such as `rotation/*`; change it',
    ],
    [
      ['secrets-platform:alarms: { outsideNetwork: ["a*b"] }'],
      '13:47 config.secrets-platform:alarms.outsideNetwork.0: found "a*b"; must be the name of a role, with its path if it has one and `*` at the end at most, such as `rotation/*`; change it',
    ],
    [
      ["secrets-platform:notices: { email: [nobody] }"],
      '13:39 config.secrets-platform:notices.email.0: found "nobody"; must be an e-mail address; change it',
    ],
    [
      ["secrets-platform:notices: { email: [a@example.com], owners: [a@example.com] }"],
      "13:64 config.secrets-platform:notices.owners.0: a@example.com stands there already; each address is told once: of everything, or as an owner of its own values; remove one",
    ],
    [
      ['secrets-platform:notices: { https: ["https://me:secret@example.com/"] }'],
      "13:39 config.secrets-platform:notices.https.0: found a text of 30 characters; must be an https address without user, query or fragment; change it",
    ],
    [
      ["secrets-platform:notices: { slack: [{ workspace: acme, channel: C0123ABCDEF }] }"],
      '13:52 config.secrets-platform:notices.slack.0.workspace: found "acme"; must be the identifier of a workspace, such as `T0123ABCDEF`; change it',
    ],
    [
      [
        "secrets-platform:notices:",
        "  slack:",
        "    - { workspace: T0123ABCDEF, channel: C0123ABCDEF }",
        "    - { workspace: T0123ABCDEF, channel: C0123ABCDEF }",
      ],
      "16:9 config.secrets-platform:notices.slack.1: C0123ABCDEF stands there already; each channel is told once; remove one",
    ],
    [
      [
        "secrets-platform:notices:",
        "  teams:",
        '    - { tenant: 0a0b0c0d-1111-4222-8333-444455556666, team: 8f1d1c52-1111-4222-8333-444455556666, channel: "19:a@thread.tacv2" }',
        '    - { tenant: 0a0b0c0d-1111-4222-8333-444455556666, team: 8f1d1c52-1111-4222-8333-444455556666, channel: "19:b@thread.tacv2" }',
      ],
      "16:9 config.secrets-platform:notices.teams.1: a channel of team 8f1d1c52-1111-4222-8333-444455556666 stands there already; the AWS provider can keep one channel of each team; remove one, or choose a channel of another team",
    ],
  ] as const) {
    it(`are refused as ${lines.join(" ")}`, () => {
      const shift = settings[prod].split("\n").length;
      const place = expected.replace(/^(\d+):/, (_, line: string) => `${shift + Number(line) - 13}:`);
      assert.deepEqual(linesOf(withLines(...lines)), [`${prod}:${place}`]);
    });
  }

  it("name no chat channel where AWS offers none", () => {
    const files = Object.fromEntries(
      Object.entries(
        withLines("secrets-platform:notices: { slack: [{ workspace: T0123ABCDEF, channel: C0123ABCDEF }] }"),
      ).map(([name, text]) => [
        name,
        text!.replaceAll("eu-west-1", "cn-north-1").replaceAll("arn:aws:", "arn:aws-cn:"),
      ]),
    );
    assert.match(
      linesOf(files).join("\n"),
      /^Pulumi\.prod\.yaml:\d+:\d+ config\.secrets-platform:notices\.slack: found channels, in cn-north-1; Amazon Q Developer in chat applications is not offered in that partition; use `email` or `https`$/,
    );
  });
});
