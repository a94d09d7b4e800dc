import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonReport } from "../../../../cli/check/jsonReport";
import { repository } from "../../../model/plan/support/samples";
import { platform, stackTrace } from "../../support/platform";
import { change, edit, git, makeRepository } from "./support/repository";

const widened = [
  "orders/prod: reports may read partner-token (SecureString)",
  "orders/staging: reports may read partner-token (SecureString)",
];

describe("platform check --against", function () {
  this.timeout(480_000);
  let folder: string;
  let root: string;
  let commit: string;

  /** `main` and an export have the samples; the work tree has changed them. */
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "against-command-"));
    root = join(folder, "repository");
    commit = makeRepository(root);
    const { code, stderr } = await platform(["check", "--export", join(folder, "export")], root);
    assert.deepEqual([code, stderr], [0, ""]);
    change(root);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("tells people what changed, and leaves the repository as it was", async () => {
    const state = () => [
      git(root, "status", "--porcelain"),
      git(root, "worktree", "list"),
      git(root, "for-each-ref"),
      readFileSync(join(root, ".git/index")).toString("base64"),
    ];
    const before = state();
    const { code, stdout, stderr } = await platform(["check", "--against", "main"], root);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(state(), before);
    const [, section] = /\n(Against [^]*?)\n\nNext, after the merge/.exec(stdout) ?? [];
    assert.deepEqual(section?.split("\n"), [
      `Against main (${commit.slice(0, 7)}): 2 widened, 0 narrowed, 2 other changes`,
      "  Widened: see that each is meant",
      "    + orders/prod, orders/staging: reports may read partner-token (SecureString)",
      "  Neither",
      "    + orders/prod, orders/staging: SecureString partner-key",
      "  To be set after the deployment",
      "    npx platform set orders/prod/partner-key  # holds no value yet",
      "    npx platform set orders/staging/partner-key  # holds no value yet",
    ]);
    assert.ok(!stdout.includes("\u001b"));
    const page = readFileSync(join(repository, "docs/pull-requests.md"), "utf8");
    const shown = section?.replace(commit.slice(0, 7), "4f2c1e9");
    assert.ok(
      page.includes(`$ npx platform check --against main\n...\n${shown}\n\`\`\`\n`),
      "the page shows another output",
    );
  });

  it("tells machines, and refuses what is widened where it is to", async () => {
    const args = ["check", "--against", "main", "--format", "json", "--fail-on", "widened"];
    const { code, stdout, stderr } = await platform(args, root);
    assert.deepEqual([code, stderr], [1, ""]);
    const { against, errors, violations } = JSON.parse(stdout) as JsonReport;
    assert.deepEqual([errors, violations.filter(({ level }) => level === "mandatory")], [[], []]);
    assert.ok(against);
    assert.deepEqual(Object.keys(against), [
      ...["base", "widened", "narrowed", "changes", "access", "valuesToSet", "retireFirst", "notCompared"],
    ]);
    assert.deepEqual(against.base, { reference: "main", commit });
    assert.deepEqual([against.widened, against.narrowed, against.retireFirst], [2, 0, []]);
    assert.deepEqual(
      against.changes
        .filter(({ effect }) => effect === "widened")
        .map(({ about, text }) => `${about}: ${text}`),
      widened,
    );
    assert.deepEqual(against.changes[0], {
      ...{ effect: "widened", change: "added", kind: "grant", stack: "prod", about: "orders/prod" },
      name: "orders-prod-reports orders/prod/partner-token",
      text: "reports may read partner-token (SecureString)",
    });
    assert.ok("opened" in against.access);
    assert.deepEqual(
      against.access.opened
        .map(({ principal, item }) =>
          `${principal} ${item}`.replace(/arn:\S*[:/]([\w-]+) arn:\S*:parameter/, "$1 "),
        )
        .filter((pair) => pair.includes("reports")),
      [
        "orders-staging-reports /orders/staging/partner-token",
        "orders-prod-reports /orders/prod/partner-token",
      ],
    );
    assert.deepEqual(against.valuesToSet[0], {
      ...{ stack: "security", item: "orders/prod/partner-key", why: "new" },
      command: "npx platform set orders/prod/partner-key",
    });
  });

  it("writes a comment, of one stack where only that is asked for", async () => {
    const args = ["check", "--against", "main", "--format", "markdown", "--stack", "staging"];
    const { code, stdout } = await platform([...args, "--fail-on", "widened"], root);
    assert.equal(code, 1);
    assert.ok(stdout.includes("**--fail-on widened refuses this: 1 widened**"), stdout);
    assert.ok(
      stdout.includes("| `+` | `orders/staging` | `reports may read partner-token (SecureString)` |"),
    );
    assert.ok(!stdout.includes("orders/prod"), stdout);
    assert.ok(!stdout.includes("@somebody"));
  });

  it("compares with an export by what was registered", async () => {
    const args = ["check", "--against", join(folder, "export"), "--format", "json", "--fail-on", "widened"];
    const { code, stdout, stderr } = await platform(args, root);
    assert.deepEqual([code, stderr], [1, ""]);
    const { against } = JSON.parse(stdout) as JsonReport;
    const texts = against?.changes.map(({ effect, about, text }) => `${effect} ${about}: ${text}`) ?? [];
    assert.deepEqual(texts.slice(0, 2), [
      "widened prod: role orders-prod-reports may read parameter /orders/prod/partner-token",
      "widened staging: role orders-staging-reports may read parameter /orders/staging/partner-token",
    ]);
    // What the key's policy gained is told; that it opens something, the pairs above say.
    assert.ok(
      texts.some((text) =>
        /^neutral security: policy of kms\/key prod\/configuration-key: .* gains arn/.test(text),
      ),
    );
    assert.ok(!texts.slice(2).some((text) => text.startsWith("widened")));
    assert.ok(texts.includes("neutral orders/prod: ExpiringParameter /orders/prod/partner-key-parameter"));
    assert.deepEqual(
      against?.valuesToSet.map(({ item }) => item),
      ["orders/prod/partner-key", "orders/staging/partner-key"],
    );
  });

  it("finds nothing against its own export, and of one stack says nothing of others", async () => {
    const args = [
      "check",
      "--format",
      "json",
      "--fail-on",
      "widened",
      "--export",
      join(folder, "own"),
      "--against",
    ];
    // What is compared with is read before anything is written.
    cpSync(join(folder, "export"), join(folder, "own"), { recursive: true });
    assert.equal((await platform([...args, join(folder, "own")], root)).code, 1);
    const file = join(folder, "own", "prod.json");
    const same = await platform([...args, join(folder, "own")], root);
    assert.equal(same.code, 0, same.stdout);
    assert.deepEqual((JSON.parse(same.stdout) as JsonReport).against?.changes, []);
    rmSync(join(folder, "own", "staging.json"));
    const { stdout } = await platform(["check", "--format", "json", "--against", file], root);
    assert.deepEqual((JSON.parse(stdout) as JsonReport).against?.notCompared.slice(1), [
      "the stack security, which the export does not hold",
      "the stack staging, which the export does not hold",
    ]);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["--fail-on alone", ["--fail-on", "widened"], /^error: --fail-on widened says nothing without --against/],
    ["another --fail-on", ["--against", "main", "--fail-on", "all"], /Allowed choices are widened\./],
    ["no reference", ["--against", "nothing"], /^error: --against: there is no commit nothing here/],
    [
      "what could be an option",
      ["--against", "--output=x"],
      /^error: --against: "--output=x" is no git reference/,
    ],
    [
      "a file that is no export",
      ["--against", "Pulumi.yaml"],
      /^error: --against: Pulumi\.yaml is not JSON; name a git/,
    ],
    [
      "JSON that is no export",
      ["--against", "other.json"],
      /^error: --against: other\.json has no `deployment\.resources`;/,
    ],
  ];
  for (const [name, args, message] of wrong) {
    it(`exits with 2 for ${name}`, async () => {
      writeFileSync(join(root, "other.json"), "{}");
      const { code, stdout, stderr } = await platform(["check", ...args], root);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, stackTrace);
    });
  }

  it("exits with 2 where the reference's files are refused, and with 1 where those of now are", async () => {
    const other = join(folder, "other");
    makeRepository(other);
    edit(other, "services/orders.yaml", "owner: orders-team@example.com", "owner: nobody");
    const now = await platform(["check", "--against", "main"], other);
    assert.deepEqual([now.code, now.stdout], [1, ""]);
    assert.match(now.stderr, /^services\/orders\.yaml:3:8 owner: .*\n\n1 error; nothing was built\n$/);
    git(other, "-c", "user.name=s", "-c", "user.email=s@example.com", "commit", "--quiet", "-am", "wrong");
    edit(other, "services/orders.yaml", "owner: nobody", "owner: orders-team@example.com");
    const { code, stdout, stderr } = await platform(["check", "--against", "main"], other);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(
      stderr,
      /^error: --against: the manifests and settings of main .*\n {2}main:services\/orders\.yaml:3:8 owner: /,
    );
    assert.doesNotMatch(stderr, stackTrace);
  });
});
