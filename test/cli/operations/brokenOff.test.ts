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
import { platformOnTerminal, type Step } from "./support/terminal";

const dayMs = 86_400_000;
const canary = `canary${randomBytes(12).toString("hex")}`;

/** Steps up to a question, and what is shown of it. */
interface Prompt {
  readonly name: string;
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
  { name: "the value of set", args: ["set", key], before: [], question: "(not shown)" },
  {
    name: "the value of set, once more",
    args: ["set", key],
    before: typed.slice(0, 2),
    question: "Once more",
  },
  { name: "the confirmation of set", args: ["set", key], before: typed, question: "Write it to account" },
  {
    name: "the question of set for a login that has a value",
    args: ["set", login],
    before: [],
    question: "Give its password now",
  },
  { name: "the confirmation of rotate", args: ["rotate", key], before: [], question: `Rotate ${key}?` },
  {
    name: "the confirmation of rotate --all-overdue",
    args: ["rotate", "--all-overdue"],
    before: [],
    question: "Rotate 2 secrets?",
  },
  {
    name: "the confirmation of rollback",
    args: ["rollback", key],
    before: [],
    question: `Roll ${key} back?`,
  },
  {
    name: "the confirmation of unstick",
    args: ["unstick", login],
    before: [],
    question: "Give version stuck up?",
  },
  {
    name: "the owner for new",
    args: ["new", "shipping"],
    before: [],
    question: "Address of the owning team",
  },
  {
    name: "the description for new",
    args: ["new", "shipping"],
    before: [{ expect: "Address of the owning team" }, { send: "\u0015ship@example.com\r" }],
    question: "What the service does",
  },
];

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

  for (const { name, args, before: first, question } of prompts) {
    it(`writes nothing and is no success: ${name}`, async () => {
      cloud.proxy.forget();
      cloud.proxy.use(double);
      for (const [way, steps] of Object.entries(ways)) {
        const all = [...first, { expect: question }, ...steps];
        const isNew = args[0] === "new";
        const services = isNew ? [] : ["--services", fixtureServices];
        const { code, screen } = await platformOnTerminal(
          [...args, ...services],
          all,
          env,
          isNew ? root : organisationRoot,
        );
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
  }
});
