import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../../cli/check/check";
import type { JsonReport } from "../../../cli/check/jsonReport";
import { UsageError } from "../../../cli/usageError";
import { samplePlan } from "../../model/plan/support/samples";
import {
  copyOrganisation,
  organisationFiles,
  organisationRoot,
  settingsFiles,
} from "../../support/organisation";
import { platform, type Ran, stackTrace } from "../support/platform";

describe("platform check", function () {
  this.timeout(480_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "platform-check-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  describe("on the samples, from a folder inside the repository", () => {
    let ran: Ran;

    before(async () => {
      ran = await platform(["check"], join(organisationRoot, "examples", "typescript", "lambda"));
    });

    it("finds nothing, and exits with 0", () => {
      assert.deepEqual([ran.code, ran.stderr], [0, ""]);
      assert.match(ran.stdout, /^\d+ policies, nothing refused$/m);
    });

    it("fits one screen, without colour where nobody looks", () => {
      assert.ok(ran.stdout.split("\n").length <= 50, ran.stdout);
      assert.ok(
        ran.stdout.split("\n").every((line) => line.length <= 110 && line === line.trimEnd()),
        ran.stdout,
      );
      assert.ok(!ran.stdout.includes("\u001b"));
    });

    it("counts in each account what the manifests say", () => {
      const plan = samplePlan();
      const count = (things: readonly { environment: string }[], environment: string) =>
        things.filter((thing) => thing.environment === environment).length;
      for (const [row, things] of [
        ["secrets that rotate", plan.secrets],
        ["rotation functions", plan.rotators],
        ["parameters shared from here", plan.parameters.filter(({ home }) => home === "security")],
      ] as const) {
        assert.match(
          ran.stdout,
          new RegExp(`^  ${row} +${count(things, "staging")} +${count(things, "prod")}$`, "m"),
        );
      }
      for (const environment of ["staging", "prod"]) {
        assert.match(
          ran.stdout,
          new RegExp(
            `^  consumers: .* CodeBuild, \\d EKS(?:, 1 other)? +${count(plan.consumers, environment)}$`,
            "m",
          ),
        );
      }
      assert.match(ran.stdout, /^5 services, 3 accounts, built in \d+\.\d s without a cloud$/m);
    });

    it("says what to do next, in the order of deployment", () => {
      assert.ok(
        ran.stdout.endsWith(
          [
            "Next, after the merge, in this order:",
            "  pulumi up --stack security --policy-pack policies",
            "  pulumi up --stack staging --policy-pack policies",
            "  pulumi up --stack prod --policy-pack policies",
            "",
          ].join("\n"),
        ),
      );
    });
  });

  describe("with --format json and --export", () => {
    let ran: Ran;
    let report: JsonReport;

    before(async () => {
      ran = await platform(["check", "--format", "json", "--export", join(folder, "export", "stacks")]);
      report = JSON.parse(ran.stdout) as JsonReport;
    });

    it("prints exactly the report for machines", () => {
      assert.deepEqual([ran.code, ran.stderr], [0, ""]);
      const later = ["access", "cost", "review"];
      assert.deepEqual(
        Object.keys(report).filter((key) => !later.includes(key)),
        ["stacks", "violations", "notes", "errors", "seconds"],
      );
      assert.deepEqual(
        report.stacks.map(({ stack, account }) => `${stack} ${account}`),
        ["security 111111111111", "staging 222222222222", "prod 333333333333"],
      );
      for (const stack of report.stacks) {
        assert.deepEqual(Object.keys(stack), ["stack", "account", "resources", "types"]);
        const counts = Object.values(stack.types);
        assert.ok(counts.every((count) => Number.isInteger(count) && count > 0));
        assert.equal(
          counts.reduce((sum, count) => sum + count, 0),
          stack.resources,
        );
        assert.equal(stack.types["pulumi:pulumi:Stack"], 1);
      }
      assert.equal(report.stacks[0]?.types["aws:secretsmanager/secret:Secret"], samplePlan().secrets.length);
      for (const violation of report.violations) {
        assert.deepEqual(Object.keys(violation).sort(), ["level", "message", "policy", "stack", "urn"]);
        assert.equal(violation.level, "advisory");
      }
      for (const { where, note } of report.notes) {
        assert.match(where, /^(?:services\/[a-z]+|Pulumi)\.yaml:\d+:\d+$/);
        assert.doesNotMatch(note, /\.$/);
      }
      assert.deepEqual(report.errors, []);
      assert.ok(report.seconds > 0 && report.seconds < 60);
    });

    it("writes each stack as `pulumi stack export` does", () => {
      const exported = join(folder, "export", "stacks");
      assert.deepEqual(readdirSync(exported).sort(), ["prod.json", "security.json", "staging.json"]);
      for (const { stack, resources: count } of report.stacks) {
        const { version, deployment } = JSON.parse(
          readFileSync(join(exported, `${stack}.json`), "utf8"),
        ) as Export;
        const { resources } = deployment;
        assert.deepEqual([version, resources.length], [3, count]);
        const [root] = resources;
        assert.equal(
          root?.urn,
          `urn:pulumi:${stack}::secrets-platform::pulumi:pulumi:Stack::secrets-platform-${stack}`,
        );
        const before = new Set<string>();
        for (const resource of resources) {
          const { urn, type, custom, id, parent, inputs, outputs } = resource;
          assert.deepEqual(
            Object.keys(resource).filter((key) => !exportedKeys.has(key)),
            [],
            urn,
          );
          assert.ok(!before.has(urn), `${urn} stands twice`);
          assert.match(
            urn,
            new RegExp(
              `^urn:pulumi:${stack}::secrets-platform::(?:.+\\$)?${type.replace(/[$/]/g, "\\$&")}::`,
            ),
          );
          assert.equal(custom, id !== undefined && id !== "", urn);
          assert.ok(typeof inputs === "object" && typeof outputs === "object");
          assert.equal(parent === undefined, resource === root);
          const origins = [
            ...(resource.dependencies ?? []),
            ...Object.values(resource.propertyDependencies ?? {}).flat(),
          ];
          for (const origin of parent === undefined ? origins : [parent, ...origins])
            assert.ok(before.has(origin), `${urn} comes before ${origin}`);
          before.add(urn);
        }
      }
    });

    it("shows what is protected, and no secret's value", () => {
      const text = readFileSync(join(folder, "export", "stacks", "security.json"), "utf8");
      const { deployment } = JSON.parse(text) as Export;
      const secrets = deployment.resources.filter(({ type }) => type === "aws:secretsmanager/secret:Secret");
      assert.deepEqual(
        secrets.flatMap(({ protect, inputs }) => (protect === true ? [String(inputs["name"])] : [])).sort(),
        samplePlan()
          .secrets.filter((secret) => secret.protected)
          .map(({ name }) => name)
          .sort(),
      );
      assert.ok(!/"(?:secretString|secretBinary|password)"/.test(text));
    });
  });

  it("with --stack reports on that stack alone", async () => {
    const { code, stdout } = await platform(["check", "--stack", "staging", "--format", "json"]);
    const report = JSON.parse(stdout) as JsonReport;
    assert.equal(code, 0);
    assert.deepEqual(
      report.stacks.map(({ stack }) => stack),
      ["staging"],
    );
    assert.deepEqual(
      report.violations.filter(({ stack }) => stack !== "staging"),
      [],
    );
  });

  describe("with --services of broken manifests", () => {
    const expected = [
      'orders.yaml:2:8 owner: found "nobody"; must be an e-mail address',
      "orders.yaml:4:16 environments.0: no workload stack has the environment `stagin`",
      "payments.yaml:1:11 not valid YAML",
    ];

    before(() => {
      mkdirSync(join(folder, "broken"));
      const orders = [
        "service: orders",
        "owner: nobody",
        "description: Takes orders",
        "environments: [stagin]",
      ];
      const parameter = "parameters: { level: { description: Verbosity, type: String, value: info } }";
      writeFileSync(join(folder, "broken", "orders.yaml"), [...orders, parameter].join("\n"));
      writeFileSync(join(folder, "broken", "payments.yaml"), "service: [");
    });

    it("says everything that is wrong, each with its place, and exits with 1", async () => {
      const { code, stdout, stderr } = await platform(["check", "--services", join(folder, "broken")]);
      assert.deepEqual([code, stdout], [1, ""]);
      const lines = stderr.split("\n");
      assert.deepEqual(lines.slice(3), ["", "3 errors; nothing was built", ""]);
      for (const [index, line] of expected.entries()) {
        assert.ok(lines[index]?.startsWith(`${join(folder, "broken")}/${line}`), lines[index]);
      }
    });

    it("says the same to machines, and nothing beside it", async () => {
      const { code, stdout, stderr } = await platform([
        "check",
        "--services",
        join(folder, "broken"),
        "--format",
        "json",
      ]);
      assert.deepEqual([code, stderr], [1, ""]);
      const { errors, stacks, violations } = JSON.parse(stdout) as JsonReport;
      assert.deepEqual([stacks, violations], [[], []]);
      assert.deepEqual(
        errors.map(({ line, column, path }) => [line, column, path]),
        [
          [2, 8, "owner"],
          [4, 16, "environments.0"],
          [1, 11, ""],
        ],
      );
      for (const [index, error] of errors.entries()) {
        assert.deepEqual(Object.keys(error), ["file", "line", "column", "path", "message"]);
        assert.ok(expected[index]!.includes(error.message.slice(0, 14)));
      }
    });

    it("takes the folder from where it is called, and says when there is none", async () => {
      const { code, stderr } = await platform(
        ["check", "--services", "nowhere"],
        join(organisationRoot, "examples"),
      );
      assert.equal(code, 1);
      assert.match(
        stderr,
        /^examples\/nowhere:1:1 the folder does not exist; .+\n\n1 error; nothing was built\n$/,
      );
    });
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["an unknown option", ["check", "--stak", "prod"], /^error: unknown option '--stak'/],
    [
      "an unknown format",
      ["check", "--format", "xml"],
      /^error: option '--format <format>' argument 'xml' is invalid\. Allowed choices are text, json, markdown\.$/m,
    ],
    ["an option without its value", ["check", "--stack"], /^error: option '--stack <name>' argument missing/],
    ["an argument too many", ["check", "prod"], /^error: too many arguments for 'check'/],
    ["an unknown command", ["chek"], /^error: unknown command 'chek'\n\(Did you mean check\?\)/],
    ["no command", [], /^Usage: platform \[options\] \[command\]/],
  ];
  for (const [name, args, message] of wrong) {
    it(`exits with 2 for ${name}`, async () => {
      const { code, stdout, stderr } = await platform(args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, stackTrace);
    });
  }

  it("exits with 2 for an unknown stack, naming those there are", async () => {
    const { code, stdout, stderr } = await platform(["check", "--stack", "unknown"]);
    assert.deepEqual(
      [code, stdout, stderr],
      [2, "", "error: there is no stack unknown; there are security, staging, prod\n"],
    );
  });

  it("notes an image's tag where the manifest names it, and still exits with 0", async () => {
    const services = join(folder, "tagged");
    mkdirSync(services);
    const lines = [
      "service: orders",
      "owner: orders-team@example.com",
      "description: Takes orders",
      "environments: [staging, prod]",
      "consumers:",
      "  worker:",
      "    kind: ecs",
      "    image: 222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.2",
    ];
    writeFileSync(join(services, "orders.yaml"), lines.join("\n"));
    const place = `${join(services, "orders.yaml")}:8:12`;
    const text = await platform(["check", "--services", services]);
    assert.deepEqual([text.code, text.stderr], [0, ""]);
    assert.match(text.stdout, /^\d notes?, refusing nothing$/m);
    assert.ok(text.stdout.includes(`\n  ${place} \`1.4.2\` is a tag`), text.stdout);
    const json = await platform(["check", "--services", services, "--format", "json"]);
    const { notes } = JSON.parse(json.stdout) as JsonReport;
    assert.equal(json.code, 0);
    assert.ok(notes.some(({ where }) => where === place));
  });

  it("takes two hops of an instance where the manifest asks for them, and notes what that means", async () => {
    const services = join(folder, "hops");
    mkdirSync(services);
    const lines = [
      "service: orders",
      "owner: orders-team@example.com",
      "description: Takes orders",
      "environments: [staging, prod]",
      "consumers:",
      "  jobs: { kind: ec2, instanceType: t4g.small, hopLimit: 2 }",
      "  others: { kind: ec2, instanceType: t4g.small }",
    ];
    writeFileSync(join(services, "orders.yaml"), lines.join("\n"));
    const { code, stdout } = await platform(["check", "--services", services, "--format", "json"]);
    const { notes, violations } = JSON.parse(stdout) as JsonReport;
    assert.deepEqual([code, violations], [0, []]);
    assert.deepEqual(
      notes.filter(({ note }) => note.includes("container")),
      [
        {
          where: `${join(services, "orders.yaml")}:6:57`,
          note: "every container on instances of jobs gets its role, and reads what that may",
        },
      ],
    );
  });

  it("builds nothing for an unknown stack", async () => {
    const steps: string[] = [];
    const checking = check({
      root: organisationRoot,
      servicesDirectory: undefined,
      stack: "unknown",
      progress: (step) => void steps.push(step),
    });
    await assert.rejects(checking, UsageError);
    assert.deepEqual(steps, ["reading manifests"]);
  });

  it("exits with 2 for a folder that cannot be written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { code, stdout, stderr } = await platform(["check", "--export", file]);
    assert.deepEqual(
      [code, stdout, stderr],
      [2, "", `error: ${file} cannot be written: it is a file, and a folder is needed\n`],
    );
  });

  it("exits with 2 outside a repository", async () => {
    const { code, stdout, stderr } = await platform(["check"], folder);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(
      stderr,
      "error: there is no Pulumi.yaml here or in any folder above; run this inside the repository\n",
    );
  });

  it("exits with 1 for settings that are wrong", async () => {
    const root = join(folder, "repository");
    copyOrganisation(root);
    writeFileSync(
      join(root, "Pulumi.yaml"),
      "name: secrets-platform\nconfig:\n  accounts: { value: { security: 1 }\n",
    );
    const { code, stdout, stderr } = await platform(["check"], root);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(stderr, /^Pulumi\.yaml:\d+:\d+ not valid YAML: .+\n\n1 error; nothing was built\n$/);
  });

  it("builds the base alone of an organisation that has no service yet, and says so", async () => {
    const root = join(folder, "baseline");
    mkdirSync(root);
    for (const name of settingsFiles) cpSync(join(organisationFiles, name), join(root, name));
    const without = await platform(["check"], root);
    assert.deepEqual([without.code, without.stderr], [0, ""], without.stdout);
    assert.match(without.stdout, /^0 services, 3 accounts/);
    assert.match(without.stdout, /services:1:1 there is no manifest yet: this is the base alone/);
    assert.match(without.stdout, /resources in all +\d{3}$/m);
    mkdirSync(join(root, "services"));
    const empty = await platform(["check"], root);
    assert.deepEqual([empty.code, empty.stderr], [0, ""]);
    assert.match(empty.stdout, /there is no manifest yet/);
    // Whoever names a folder means one with manifests.
    assert.equal((await platform(["check", "--services", "services"], root)).code, 1);
  });

  it("exits with 0 for help", async () => {
    const { code, stdout, stderr } = await platform(["check", "--help"]);
    assert.deepEqual([code, stderr], [0, ""]);
    for (const option of [
      "--format",
      "--services",
      "--stack",
      "--export",
      "--html",
      "--against",
      "--fail-on",
    ])
      assert.ok(stdout.includes(option));
  });
});

interface Export {
  readonly version: number;
  readonly deployment: { readonly resources: readonly ExportedResource[] };
}

/** https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/ */
interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

const exportedKeys: ReadonlySet<string> = new Set([
  "urn",
  "type",
  "custom",
  "id",
  "parent",
  "inputs",
  "outputs",
  "protect",
  "dependencies",
  "propertyDependencies",
]);
