import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Decision } from "../../../cli/access/decisions";
import { repository } from "../../model/plan/support/samples";
import { copyOrganisation } from "../../support/organisation";
import { platform, stackTrace } from "../support/platform";

describe("platform access", function () {
  this.timeout(240_000);

  const pairs = async (...args: readonly string[]): Promise<readonly Decision[]> => {
    const { code, stdout, stderr } = await platform(["access", ...args, "--format", "json"]);
    assert.deepEqual([code, stderr], [0, ""], stdout);
    return (JSON.parse(stdout) as { pairs: readonly Decision[] }).pairs;
  };

  it("names who can read an item: consumers, the function that rotates it, break-glass", async () => {
    const found = await pairs("--what", "orders/prod/webhook-signing-key");
    assert.deepEqual(
      found.map(({ role }) => role),
      [
        "notifications-prod-webhooks",
        "orders-prod-api",
        "orders-prod-release",
        "rotation-prod-generated",
        "secrets-break-glass",
      ],
    );
    assert.ok(found.every(({ decision, refusedBy }) => decision === "allowed" && refusedBy === undefined));
  });

  it("names what a role can read, by its name, its ARN and its consumer", async () => {
    const { code, stdout } = await platform(["access", "--who", "orders/prod/api"]);
    assert.equal(code, 0);
    assert.equal(
      stdout,
      [
        "role               account       can read                         by",
        "  orders-prod-api  333333333333  orders/prod/allowed-origins      GetParameter, GetParameters",
        "  orders-prod-api  333333333333  orders/prod/database             GetSecretValue",
        "  orders-prod-api  333333333333  orders/prod/log-level            GetParameter, GetParameters",
        "  orders-prod-api  333333333333  orders/prod/partner-token        GetParameter, GetParameters",
        "  orders-prod-api  333333333333  orders/prod/token-key            GetSecretValue",
        "  orders-prod-api  333333333333  orders/prod/webhook-signing-key  GetSecretValue",
        "",
        "6 pairs of role and item open",
        "",
      ].join("\n"),
    );
    const byName = await pairs("--who", "orders-prod-api");
    const byArn = await pairs("--who", "arn:aws:iam::333333333333:role/services/orders/orders-prod-api");
    assert.deepEqual([byName.length, byArn], [6, byName]);
  });

  it("answers why a role cannot read an item, with the gate, what would open it, and what a manifest would say", async () => {
    const { code, stdout } = await platform([
      "access",
      "--who",
      "orders-prod-api",
      "--what",
      "payments/ledger",
    ]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^orders-prod-api in 333333333333 cannot read payments\/prod\/ledger\n {2}the resource's policy denies it: policy of the secret payments\/prod\/ledger, NobodyElseReads\n {2}what would open it: NobodyElseReads spares a call whose aws:PrincipalArn it names \(ArnNotLike\)\n {2}manifests: not granted; `reads: \[payments\/ledger\]` of the consumer api in orders's manifest and `shareWith: \[orders\]` at services\/payments\.yaml:\d+ grant it\n\n/,
    );
    assert.match(
      stdout,
      /\norders-prod-api in 333333333333 cannot read payments\/staging\/ledger\n(.*\n){2} {2}manifests: not granted; a role of prod reads no value of staging\n$/,
    );
    const own = await pairs("--who", "orders-prod-worker-execution", "--what", "orders/prod/partner-token");
    assert.match(
      own[0]?.manifests ?? "",
      /^not granted; `environment: \{ NAME: partner-token \}` of the consumer worker/,
    );
    const shared = await pairs(
      "--who",
      "notifications-prod-mailer-task",
      "--what",
      "orders/prod/webhook-signing-key",
    );
    assert.match(
      shared[0]?.manifests ?? "",
      /^not granted; `reads: \[orders\/webhook-signing-key\]` .* grants it$/,
    );
  });

  it("prints what its page shows", async () => {
    const page = readFileSync(join(repository, "docs/access.md"), "utf8");
    const [, args = "", shown] =
      /\n\$ npx platform (access .*)\n([^`]*(?:`[^`]+`[^`]*)*)```\n/.exec(page) ?? [];
    const { stdout } = await platform(args.split(" "));
    assert.equal(stdout, shown);
  });

  it("explains each call and each gate", async () => {
    const { stdout } = await platform([
      ...["access", "--who", "orders-prod-api", "--what", "orders/prod/database", "--explain"],
    ]);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines[0], "orders-prod-api in 333333333333 can read orders/prod/database");
    assert.match(lines[1] ?? "", /^ {2}\S+ calls secretsmanager:GetSecretValue on \S+database-\w{6}$/);
    assert.match(
      lines[5] ?? "",
      /^ {2}\S+ calls kms:Decrypt on \S+ through secretsmanager\.eu-west-1\.amazonaws\.com$/,
    );
    assert.ok(
      lines.slice(2, 5).every((line) => /^ {4}.* allows? it: .*, \w+$/.test(line)),
      stdout,
    );
    assert.match(
      lines.at(-1) ?? "",
      /^ {2}manifests: granted to orders\/prod\/api; the item stands at services\/orders\.yaml:\d+$/,
    );
  });

  it("is limited to a service and an environment, and knows those who are nobody's consumer", async () => {
    const found = await pairs("--service", "reporting", "--environment", "prod");
    assert.ok(found.length > 5);
    assert.ok(
      found.every(
        ({ item, role }) => item.startsWith("reporting/prod/") || role.startsWith("reporting-prod-"),
      ),
    );
    const mighty = await pairs("--who", "any administrator of 333333333333");
    assert.ok(mighty.some(({ item }) => item === "orders/prod/log-level"));
    assert.ok(!mighty.some(({ item }) => item === "orders/prod/database"));
    assert.deepEqual(await pairs("--who", "an outsider"), []);
    const nobody = await platform(["access", "--who", "an outsider"]);
    assert.deepEqual([nobody.code, nobody.stdout], [0, "nobody can read any of it\n"]);
  });

  it("knows what says where a consumer's values are, as the check counts it", async () => {
    const readers = await pairs("--what", "orders/prod/platform/api");
    assert.ok(readers.some(({ role }) => role === "any administrator of 333333333333"));
    assert.ok(readers.every(({ role }) => !role.startsWith("orders-")));
    const { stdout } = await platform([
      "access",
      "--who",
      "orders-prod-api",
      "--what",
      "orders/prod/platform/api",
    ]);
    assert.match(
      stdout,
      /\n {2}manifests: not granted; no manifest grants it to a role: it is for whoever deploys the consumer\n/,
    );
    const checked = await platform(["check"]);
    const [, open] = /access as meant: (\d+) of /.exec(checked.stdout) ?? [];
    assert.equal((await pairs()).length, Number(open));
  });

  it("gives a line for each pair as CSV", async () => {
    const { stdout } = await platform(["access", "--who", "orders-prod-api", "--format", "csv"]);
    const [head, first, ...rest] = stdout.trimEnd().split("\r\n");
    assert.equal(head, "role,account,item,decision,actions,principal,arn,refusedBy");
    assert.match(
      first ?? "",
      /^orders-prod-api,333333333333,orders\/prod\/allowed-origins,allowed,ssm:GetParameter ssm:GetParameters,arn:/,
    );
    assert.equal(rest.length, 5);
  });

  it("does not say that nobody can read what other flags leave out", async () => {
    const both = ["--who", "orders-prod-api", "--what", "orders/prod/database"];
    for (const [args, message] of [
      [
        [...both, "--environment", "staging"],
        "what --what names is not of the environment staging; leave one of both out",
      ],
      [
        ["--what", "orders/prod/database", "--environment", "staging"],
        "what --what names is not of the environment staging; leave one of both out",
      ],
      [
        [...both, "--service", "payments"],
        "what --who and --what name is not of the service payments; leave --service out",
      ],
    ] as const) {
      const { code, stdout, stderr } = await platform(["access", ...args]);
      assert.deepEqual([code, stdout, stderr.split("\n")[0]], [2, "", `error: ${message}`]);
    }
  });

  it("says of a name that nothing has which one was meant, and repeats nothing that is no name", async () => {
    for (const [args, message] of [
      [["--who", "orders-prod-apy"], "there is no role orders-prod-apy; did you mean orders-prod-api?"],
      [
        ["--what", "orders/prod/databse"],
        "there is no secret or parameter orders/prod/databse; did you mean orders/prod/database?",
      ],
      [["--service", "order"], "there is no service order; did you mean orders?"],
      [["--environment", "production"], "there is no environment production; did you mean prod?"],
      [["--who", "canary of a value"], "there is no role of that name; npx platform access lists them"],
    ] as const) {
      const { code, stdout, stderr } = await platform(["access", ...args]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.ok(stderr.includes(message), stderr);
      assert.doesNotMatch(stderr, stackTrace);
    }
  });

  it("says what cannot be decided about, and what is wrong in a manifest", async () => {
    const root = mkdtempSync(join(tmpdir(), "access-"));
    try {
      copyOrganisation(root);
      const file = join(root, "Pulumi.prod.yaml");
      const settings = readFileSync(file, "utf8");
      const guess = [
        "  secrets-platform:boundary:",
        '    - actions: ["s*:GetObject"]',
        '      resources: ["*"]',
        "",
      ];
      writeFileSync(file, `${settings.trimEnd()}\n${guess.join("\n")}`);
      const undecided = await platform(["access", "--who", "orders-prod-api"], root);
      assert.equal(undecided.code, 1, undecided.stdout);
      assert.doesNotMatch(undecided.stderr, stackTrace);
      writeFileSync(file, settings);
      cpSync(join(root, "services/orders.yaml"), join(root, "services/other.yaml"));
      const wrong = await platform(["access", "--who", "orders-prod-api"], root);
      assert.equal(wrong.code, 1);
      assert.match(wrong.stderr, /^services\/other\.yaml:\d+:\d+ /m);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
