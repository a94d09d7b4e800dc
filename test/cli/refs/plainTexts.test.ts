import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv, promisify } from "node:util";
import * as hcl from "hcl2-parser";
import ts from "typescript";
import { type FormatName } from "../../../cli/refs/flags";
import { formats } from "../../../cli/refs/formats";
import { subjectOf } from "../../../cli/refs/subject";
import { accountPlace } from "../../../model/documents/accountHoldings";
import { loadPlan } from "../../../model/load";
import type { ConsumerPlan } from "../../../model/plan/types";
import { referencesDocument } from "../../../model/references/document";
import { plannedArn } from "../../../model/references/reference";
import { ensureMoto } from "../../support/moto/ensureMoto";
import { organisationRoot } from "../../support/organisation";

const run = promisify(execFile);
const { parseToObject } = hcl as { readonly parseToObject: (text: string) => readonly [unknown, unknown] };
const { plan } = loadPlan({ root: organisationRoot });

/** What one reader or the other takes for something else than a text, and names of which it is so, too. */
const texts = [
  ...[
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "true",
    "null",
    "~",
    "",
    "0777",
    "0o17",
    "1_000",
    "12:30:45",
    "1e3",
  ],
  ...["2026-01-01", "=", "<<", "*a", "&a", "!x", "%{ if x }", "${id}", "%%{x}", "$${x}", "$(touch canary)"],
  ...[
    "`touch canary`",
    "a'b",
    'a"b',
    "a'b\"c",
    "it's $5",
    "a'b`touch canary`",
    "'; touch canary; '",
    "C:\\new",
  ],
  ...[
    "C:\\",
    "\\\\host",
    "a\\'b",
    "a # b",
    "#a",
    " a ",
    "a\n\tb\n",
    "a: b",
    "- a",
    "{a: b}",
    "[a]",
    "{{ a }}",
  ],
  ...["'''", "é\u00a0😀", '{"a":{"b":"c\'d"}}', "!history", "~/x", "a;b", "a&&touch canary", "*"],
];
const names = ["ON", "No", "Y", "n", "yes", "TRUE", "null", "NaN"];
const variables = Object.fromEntries([
  ...texts.map((text, index): [string, string] => [`TEXT_${index}`, text]),
  ...names.map((name): [string, string] => [name, "plain"]),
]);

function printed(
  format: FormatName,
  kind: string,
  change: (one: ConsumerPlan) => object = () => ({}),
): string {
  const all = plan!.consumers.filter(({ settings }) => settings.kind === kind);
  const one = all.find(({ injections }) => injections.length > 0) ?? all[0]!;
  const consumer: ConsumerPlan = { ...one, variables, ...change(one) };
  const place = accountPlace(plan!.organisation, consumer.account);
  return formats[format].print(subjectOf(consumer, referencesDocument(consumer, plannedArn), place));
}

/** Those of a process that are ours. */
function own(found: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(found).filter(([name]) => Object.hasOwn(variables, name)));
}

describe("plain text of any kind, in the form of a tool", function () {
  this.timeout(240_000);
  let python: string;
  let folder: string;
  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "plain-texts-"));
    python = await ensureMoto();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** As a reader of YAML 1.1 has it. */
  async function yaml11(text: string): Promise<unknown> {
    const file = join(folder, "document.yaml");
    writeFileSync(file, text);
    const script =
      "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1])), default=repr))";
    return JSON.parse((await run(python, ["-c", script, file])).stdout);
  }

  for (const kind of ["ecs", "lambda", "codebuild"]) {
    it(`cloudformation: is itself in the template of ${kind}`, async () => {
      const { Resources } = (await yaml11(printed("cloudformation", kind))) as {
        Resources: { Consumer: { Properties: Record<string, never> } };
      };
      const { Environment, ContainerDefinitions } = Resources.Consumer.Properties as {
        Environment?: { Variables?: object; EnvironmentVariables?: readonly NameValue[] };
        ContainerDefinitions?: readonly { Environment: readonly NameValue[] }[];
      };
      const pairs = ContainerDefinitions?.[0]?.Environment ?? Environment?.EnvironmentVariables;
      const found = pairs
        ? Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]))
        : { ...Environment?.Variables };
      assert.deepEqual(own(found), variables);
    });
  }

  it("buildspec: is itself", async () => {
    const { env } = (await yaml11(printed("buildspec", "codebuild"))) as { env: { variables: object } };
    assert.deepEqual(own({ ...env.variables }), variables);
  });

  it("external-secrets and csi: names of variables are texts", async () => {
    const named = ({ injections }: ConsumerPlan) => ({
      injections: names.map((variable) => ({ ...injections[0]!, variable })),
    });
    const [, secret = ""] = printed("external-secrets", "ecs", named).split("---\n");
    const keys = await yaml11(secret);
    for (const name of names) assert.ok(JSON.stringify(keys).includes(`"secretKey":"${name}"`), name);
    const { spec } = (await yaml11(printed("csi", "ecs", named))) as {
      spec: { parameters: { objects: string } };
    };
    const objects = JSON.stringify(await yaml11(spec.parameters.objects));
    for (const name of names) assert.ok(objects.includes(`"objectAlias":"${name}"`), name);
  });

  it("cdk: is itself, and nothing runs", () => {
    const named = ({ injections }: ConsumerPlan) => {
      const { item } = injections[0]!;
      const sameButForHyphens = ["queue-2", "queue2", "q-ueue2"].map((other) => ({ ...item, item: other }));
      return {
        injections: sameButForHyphens.map((one, at) => ({ variable: `V${at}`, item: asSecret(one) })),
      };
    };
    const text = printed("cdk", "ecs", named);
    const { outputText, diagnostics } = ts.transpileModule(text, {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
      reportDiagnostics: true,
    });
    assert.deepEqual(diagnostics, []);
    const constants = [...text.matchAll(/^const (\w+) =/gm)].map(([, name]) => name);
    assert.deepEqual([...new Set(constants)], constants);
    assert.ok(constants.includes("queue2Secret") && constants.includes("queue2Secret2"));
    const [, literal = ""] = /const environment = (\{[^]*?\n\});?\n/.exec(outputText) ?? [];
    const found = JSON.parse(literal.replace(/^\s+(\w+):/gm, '"$1":').replace(/,\n\}$/, "\n}")) as Record<
      string,
      unknown
    >;
    assert.deepEqual(own(found), variables);
  });

  it("terraform: begins no template, where the references are not published", () => {
    const unpublished = () => ({ references: undefined });
    const text = printed("terraform", "ecs", unpublished);
    const [, error] = parseToObject(text);
    assert.equal(error, null);
    assert.doesNotMatch(text, /[$%]\{/);
    const [, literal = ""] = /jsondecode\((".*")\)/.exec(text) ?? [];
    const { environment } = JSON.parse(JSON.parse(literal) as string) as {
      environment: readonly { name: string; value: string }[];
    };
    assert.deepEqual(own(Object.fromEntries(environment.map(({ name, value }) => [name, value]))), variables);
  });

  it("env: a shell, python-dotenv and Node read the same, and where they would not, a comment says so", async () => {
    const text = printed("env", "ecs");
    const file = join(folder, "variables.env");
    writeFileSync(file, text);
    const byNode = own({ ...parseEnv(text) });
    const inShell = `set -a; . ./variables.env; exec "$0" -c 'import json, os; print(json.dumps(dict(os.environ)))'`;
    const shell = await run("sh", ["-c", inShell, python], { cwd: folder, env: { PATH: process.env.PATH } });
    const dotenv =
      "import json, dotenv; print(json.dumps(dotenv.dotenv_values('variables.env', interpolate=False)))";
    const library = await run(python, ["-c", dotenv], { cwd: folder });
    assert.deepEqual(readdirSync(folder).includes("canary"), false);
    const unsaid = Object.keys(variables).filter((name) => text.includes(`# ${name} is plain text`));
    const said = Object.fromEntries(Object.entries(variables).filter(([name]) => !unsaid.includes(name)));
    assert.deepEqual(unsaid.map((name) => variables[name]).sort(), unsayable.sort());
    assert.deepEqual(byNode, said);
    assert.deepEqual(own(JSON.parse(shell.stdout) as Record<string, unknown>), said);
    assert.deepEqual(own(JSON.parse(library.stdout) as Record<string, unknown>), said);
    for (const line of text.split("\n").filter((one) => /^\w+=arn:/.test(one)))
      assert.doesNotMatch(line, /["']/);
  });
});

const unsayable = [
  ...["a'b\"c", "it's $5", "a'b`touch canary`", "C:\\", "\\\\host", "a\\'b", '{"a":{"b":"c\'d"}}'],
];

interface NameValue {
  readonly Name: string;
  readonly Value: unknown;
}

function asSecret<Item extends { readonly item: string }>(item: Item): Item & { readonly kind: "secret" } {
  const arn = `arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/${item.item}`;
  return { ...item, kind: "secret", arnPattern: `${arn}-??????` };
}
