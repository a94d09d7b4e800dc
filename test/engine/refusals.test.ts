import assert from "node:assert/strict";
import { join } from "node:path";
import { provided } from "../support/leftOut";
import { Emulator, Engine, type Project, repositoryRoot, type UpdateResult } from "./support/workspace";

/** Minutes that the first build of the CLI on a machine may take. */
const buildMinutes = 30;

/** What a refused preview may take, of the time of one that changes nothing. */
const share = 1.5;

/** What goes wrong, in which file, and what the person is told. */
interface Refusal {
  readonly what: string;
  readonly file: string;
  readonly edit: (text: string) => string;
  readonly says: RegExp;
  /** A fault of the program's, whose place is told; without it the mistake is a user's, and no place is. */
  readonly place?: RegExp;
}

const program = "stacks/security/securityStack.ts";

/** Puts a statement into the program, where its resources are known. */
const beforeItsEnd = (statement: string) => (text: string) =>
  text.replace("\n  return {\n    keyArns", `\n  ${statement}\n  return {\n    keyArns`);

/** Throws what Pulumi's source maps make of an error that passed through it. */
const unendingToInspect = `
  const broken = new TypeError("broken on purpose");
  broken.stack = [broken, "at policies/pack.ts:1:1", "at f (/a/node_modules/@pulumi/policy.ts:2:3)"].join("\\n    ");
  throw broken;
`;

const refusals: readonly Refusal[] = [
  {
    what: "a wrong region",
    file: "Pulumi.security.yaml",
    edit: (text) => text.replace("aws:region: eu-west-1", "aws:region: eu-west"),
    says: /Pulumi\.security\.yaml:\d+:\d+ config\.aws:region: found "eu-west"/,
  },
  {
    what: "a wrong organisation",
    file: "Pulumi.yaml",
    edit: (text) => text.replace("o-exampleorgid", "example"),
    says: /Pulumi\.yaml:\d+:\d+ config\.organizationId: found "example"/,
  },
  {
    what: "a broken manifest",
    file: "services/orders.yaml",
    edit: (text) => `${text}colour: red\n`,
    says: /services\/orders\.yaml:\d+:1 colour: unknown key/,
  },
  {
    what: "arguments that a component refuses",
    file: "stacks/account/expiryWatch.ts",
    edit: (text) => text.replace("retentionDays: logRetentionDays", "retentionDays: 366"),
    says: /ExpiryWatch "expiry-watch" cannot be made from its arguments:\s+logs\.retentionDays: 366 days/,
  },
  {
    what: "arguments that a component refuses once they are known",
    file: program,
    edit: beforeItsEnd(
      'operationsKey.arn.apply(() => require("../../components/validation").rejectProblems("Late", "one", [{ propertyPath: "two", reason: "three" }]));',
    ),
    says: /Late "one" cannot be made from its arguments:\s+two: three/,
  },
  {
    what: "an error within apply",
    file: program,
    edit: beforeItsEnd('operationsKey.arn.apply(() => { throw new TypeError("broken on purpose"); });'),
    says: /TypeError: broken on purpose/,
    place: /at \S+ \(\S+stacks\/security\/securityStack\.ts:\d+:\d+\)/,
  },
  {
    what: "an error with others behind it",
    file: program,
    edit: beforeItsEnd(
      'throw new AggregateError([new Error("the first")], "broken on purpose", { cause: new Error("the cause") });',
    ),
    says: /AggregateError: broken on purpose[^]*Error: the cause[^]*Error: the first/,
    place: /at securityStack \(\S+stacks\/security\/securityStack\.ts:\d+:\d+\)/,
  },
  {
    what: "an argument that Pulumi refuses",
    file: program,
    edit: beforeItsEnd('new (require("@pulumi/aws/kms").Alias)("one", {});'),
    says: /Missing required property 'targetKeyId'/,
    place: /at securityStack \(\S+stacks\/security\/securityStack\.ts:\d+:\d+\)/,
  },
  {
    what: "a policy pack that does not start",
    file: "policies/pack.ts",
    edit: (text) => text.replace("decodeOnce();", unendingToInspect),
    says: /TypeError: broken on purpose/,
    place: /at policies\/pack\.ts:1:1/,
  },
  {
    what: "a plugin that does not start",
    file: "provider/main.ts",
    edit: (text) => text.replace("export async", `${unendingToInspect}\nexport async`),
    says: /TypeError: broken on purpose/,
    place: /at policies\/pack\.ts:1:1/,
  },
];

/** What the person sees. */
function said({ stdout, stderr, diagnostics }: UpdateResult): string {
  const told = diagnostics.filter(({ severity }) => severity !== "debug");
  return [stdout, stderr, ...told.map(({ message }) => message)].join("\n");
}

describe("what is refused is told at once", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  let engine: Engine;
  let project: Project;
  let unchanged: number;

  before(async function () {
    this.timeout(buildMinutes * 60_000);
    emulator = await provided(this, () => Emulator.start());
    engine = await provided(this, () => Engine.start(emulator.options));
    project = await engine.project({ from: repositoryRoot, services: join(__dirname, "manifests") });
    await project.up("security");
    unchanged = (await project.preview("security")).seconds;
  });

  after(async () => {
    await engine?.stop();
    await emulator?.stop();
  });

  for (const { what, file, edit, says, place } of refusals) {
    it(what, async () => {
      const original = await project.read(file);
      const preview = () => project.preview("security", { policyPacks, expectFailure: true });
      const policyPacks = file.startsWith("policies/") ? ["policies"] : [];
      await project.edit(file, edit);
      const refused = await preview();
      const text = said(refused);
      assert.match(text, says);
      assert.match(text, place ?? /^/);
      const trace = place === undefined ? /^\s+at .+:\d+:\d+/m : /node_modules\S*:\d+:\d+/;
      assert.doesNotMatch(text, trace, "places that help nobody");
      await assertQuick(refused, preview, () => project.write(file, original));
      await project.write(file, original);
    });
  }

  /** On a busy machine one measurement says little: what seems slow is measured again, beside an unchanged preview. */
  async function assertQuick(
    { seconds }: UpdateResult,
    again: () => Promise<UpdateResult>,
    restore: () => Promise<void>,
  ): Promise<void> {
    if (seconds <= share * unchanged) return;
    const second = (await again()).seconds;
    await restore();
    unchanged = (await project.preview("security")).seconds;
    assert.ok(second <= share * unchanged, `${second} s, and ${unchanged} s for an unchanged preview`);
  }
});
