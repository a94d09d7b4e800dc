import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { provided } from "../../support/leftOut";
import { organisationFiles, organisationRoot, settingsFiles } from "../../support/organisation";
import { type Cloud, startCloud } from "./support/cloud";
import { fixtureServices } from "./support/plan";
import type { Environment } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";
import { filesThatRead, questionsInSources } from "./support/prompts";
import { platformOnTerminal, type Step, underShell } from "./support/terminal";

const dayMs = 86_400_000;
const canary = `canary${randomBytes(12).toString("hex")}`;

/** Steps up to a question, and what is shown of it. */
interface Prompt {
  readonly name: string;
  /** Where it is asked, as `questionsInSources` names it. */
  readonly asks: readonly string[];
  /** What comes of it where nobody can answer: it is refused, or goes without. @default refused, exit code 2 */
  readonly unanswerable?: 1 | "goes without";
  readonly args: readonly string[];
  readonly before: readonly Step[];
  readonly question: string;
}

const key = "shop/prod/signing-key";
const login = "shop/prod/archive";
const typed: readonly Step[] = [
  { expect: "(not shown)" },
  { send: `${canary}\r` },
  { expect: "Once more" },
  { send: `${canary}\r` },
];

const prompts: readonly Prompt[] = [
  {
    name: "the value of set",
    asks: [
      "set/readValue.ts askHidden(`${asked.charAt(0).toUpperCase()}${asked.slice(1)}`)",
      "operations/hiddenPrompt.ts askOnce(`${what} (not shown)`)",
    ],
    unanswerable: 1,
    args: ["set", key],
    before: [],
    question: "(not shown)",
  },
  {
    name: "the value of set, once more",
    asks: ['operations/hiddenPrompt.ts askOnce("Once more")'],
    unanswerable: 1,
    args: ["set", key],
    before: typed.slice(0, 2),
    question: "Once more",
  },
  {
    name: "the confirmation of set",
    asks: ["set/set.ts confirmChange(`Write it to account ${holder.account}?`)"],
    unanswerable: 1,
    args: ["set", key],
    before: typed,
    question: "Write it to account",
  },
  {
    name: "the question of set for a login that has a value",
    asks: ["set/set.ts confirmChange(question)"],
    unanswerable: 1,
    args: ["set", login],
    before: [],
    question: "Give its password now",
  },
  {
    name: "the confirmation of rotate",
    asks: ["rotate/rotateOne.ts confirmChange(`Rotate ${path}?`)"],
    unanswerable: "goes without",
    args: ["rotate", key],
    before: [],
    question: `Rotate ${key}?`,
  },
  {
    name: "the confirmation of rotate --all-overdue",
    asks: ["rotate/rotateOverdue.ts confirmChange(`Rotate ${counted(overdue.length)}?`)"],
    args: ["rotate", "--all-overdue"],
    before: [],
    question: "Rotate 2 secrets?",
  },
  {
    name: "the confirmation of rollback",
    asks: ["rollback/rollback.ts confirmChange(question)"],
    args: ["rollback", key],
    before: [],
    question: `Roll ${key} back?`,
  },
  {
    name: "the confirmation of unstick",
    asks: ["unstick/unstick.ts confirmChange(`Give version ${version} up?`)"],
    args: ["unstick", login],
    before: [],
    question: "Give version stuck up?",
  },
  {
    name: "the owner for new",
    asks: [
      'new/new.ts ask("Address of the owning team, which gets the notices")',
      "new/new.ts askText(question)",
    ],
    unanswerable: "goes without",
    args: ["new", "shipping"],
    before: [],
    question: "Address of the owning team",
  },
  {
    name: "the description for new",
    asks: ['new/new.ts ask("What the service does, in a sentence")'],
    unanswerable: "goes without",
    args: ["new", "shipping"],
    before: [{ expect: "Address of the owning team" }, { send: "\u0015ship@example.com\r" }],
    question: "What the service does",
  },
];

/** What the places above are made of. */
const madeOf = [
  'operations/hiddenPrompt.ts ask((asking) => password({ ...asking, message, mask: "" }))',
  "operations/terminal.ts ask((asking) => confirm({ ...asking, message: question, initialValue: false }))",
  "operations/terminal.ts ask((asking) => text({ ...asking, message, initialValue }))",
];

/** Files that read from standard input or a terminal; `audit` takes records from it, and asks nothing. */
const readers = [
  "audit/files.ts",
  "operations/ask.ts",
  "operations/hiddenPrompt.ts",
  "operations/terminal.ts",
  "set/readValue.ts",
];

/** Streams of which one leads nowhere, in a shell's words. */
const unheard: Readonly<Record<string, string>> = {
  "standard input closed": "<&-",
  "standard input at its end": "</dev/null",
  "standard input a pipe that nobody writes to": "< <(true)",
  "the error stream in a pipe that nobody reads": "2> >(true)",
};

const ways: Readonly<Record<string, readonly Step[]>> = {
  "Ctrl-C": [{ send: "\u0003" }],
  "Ctrl-D": [{ send: "\u0004" }],
  "Ctrl-D in the middle": [{ send: "ab" }, { send: "\u0004" }],
  SIGINT: [{ signal: "SIGINT" }],
  SIGTERM: [{ signal: "SIGTERM" }],
  SIGHUP: [{ signal: "SIGHUP" }],
  "the terminal's end": [{ hangUp: true }],
};

describe("a question that is broken off", function () {
  this.timeout(300_000);
  let cloud: Cloud;
  let double: OperationsDouble;
  let env: Environment;
  let root: string;
  before(async function () {
    cloud = await provided(this, startCloud);
    await cloud.reset();
    double = await startOperationsDouble();
    cloud.proxy.use(double);
    env = await cloud.signedIn("security");
    const overdue = { lastRotated: Date.now() - 40 * dayMs, next: Date.now() - 5 * dayMs };
    for (const name of [key, login]) {
      const secret = double.create(name, overdue);
      for (const id of ["v1", "v2"]) double.service.secrets.put(secret, id, id, ["AWSCURRENT"]);
      if (name === login) double.service.secrets.put(secret, "stuck", "x", ["AWSPENDING"]);
    }
  });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "broken-off-"));
    for (const file of settingsFiles) cpSync(join(organisationFiles, file), join(root, file));
    mkdirSync(join(root, "services"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  after(async () => {
    await double?.close();
    await cloud?.stop();
  });

  // GetCallerIdentity has no header that names it.
  const reading = ["", "DescribeSecret", "ListSecrets", "ListSecretVersionIds"];
  const changes = () =>
    cloud.proxy.calls.map(({ action }) => action).filter((action) => !reading.includes(action));

  it("has a case for every question of every command", () => {
    const tried = [...prompts.flatMap(({ asks }) => asks), ...madeOf];
    assert.deepEqual([...questionsInSources()].sort(), tried.sort());
    assert.deepEqual(filesThatRead(), readers);
  });

  for (const { name, args, before: first, question, unanswerable = 2 } of prompts) {
    const isNew = args[0] === "new";
    const services = isNew ? [] : ["--services", fixtureServices];
    const folder = () => (isNew ? root : organisationRoot);

    it(`writes nothing and is no success: ${name}`, async () => {
      cloud.proxy.forget();
      cloud.proxy.use(double);
      for (const [way, steps] of Object.entries(ways)) {
        const all = [...first, { expect: question }, ...steps];
        const { code, screen } = await platformOnTerminal([...args, ...services], all, {
          env,
          cwd: folder(),
        });
        // The shell's code for what SIGHUP ended.
        assert.equal(code, way === "the terminal's end" ? 129 : 1, `${way}: ${code}\n${screen}`);
        if (way !== "the terminal's end") {
          assert.match(screen, /error: broken off; nothing was written/, `${way}: ${screen}`);
        }
        assert.doesNotMatch(screen, /LEFT BEHIND|canary|^\s+at /m, way);
        assert.deepEqual(changes(), [], way);
        assert.ok(!existsSync(join(root, "services/shipping.yaml")), way);
      }
    });

    it(`is broken off as well where nobody reads the output: ${name}`, async () => {
      cloud.proxy.forget();
      cloud.proxy.use(double);
      for (const key of ["\u0003", "\u0004"]) {
        const all = [...first, { expect: question }, { send: key }];
        const shell = underShell('"$0" "$@" | true; code=${PIPESTATUS[0]}');
        const { code, screen } = await platformOnTerminal([...args, ...services], all, {
          env,
          cwd: folder(),
          shell,
        });
        assert.equal(code, 1, screen);
        assert.match(screen, /error: broken off; nothing was written/);
        assert.deepEqual(changes(), []);
        assert.ok(!existsSync(join(root, "services/shipping.yaml")));
      }
    });

    // A rotation that nobody is there to confirm takes nothing away, and is made.
    if (unanswerable === "goes without" && !isNew) continue;

    it(`waits for nobody who cannot answer: ${name}`, async () => {
      for (const [way, streams] of Object.entries(unheard)) {
        cloud.proxy.forget();
        cloud.proxy.use(double);
        const shell = underShell(`"$0" "$@" ${streams}; code=$?`);
        const given = isNew ? [...args, "--dry-run"] : [...args, ...services];
        const { code, screen } = await platformOnTerminal(given, [], { env, cwd: folder(), shell });
        const isAsked = way.startsWith("the error stream");
        const expected = isNew ? 0 : isAsked ? 2 : unanswerable;
        assert.equal(code, expected, `${way}: ${code}\n${screen}`);
        assert.doesNotMatch(screen, /^\s+at /m, way);
        assert.deepEqual(changes(), [], way);
      }
    });
  }
});
