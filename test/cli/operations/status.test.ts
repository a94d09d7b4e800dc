import assert from "node:assert/strict";
import { join } from "node:path";
import { composedValue, type DatabaseShape } from "../../../model/values/plannedForm";
import type { Plan } from "../../../model/plan/types";
import { databaseForm, formTagValue } from "../../../model/values/databaseForm";
import { formTag } from "../../../model/values/tags";
import { inCloud } from "../../support/moto/inCloud";
import { awsError, failing } from "../../support/moto/doubles";
import { type Account, type Cloud, startCloud } from "./support/cloud";
import { fixtureServices, parameterNamed, planFrom, repository, secretNamed } from "./support/plan";
import { type Environment, platform } from "./support/platform";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";

const dayMs = 86_400_000;
const inDays = (days: number) => Date.now() + days * dayMs;

interface JsonReport {
  readonly stacks: readonly {
    readonly stack: string;
    readonly items: readonly {
      readonly item: string;
      readonly state: string;
      readonly daysLeft?: number;
      readonly findings: readonly { readonly kind: string; readonly remedy: string }[];
    }[];
  }[];
  readonly needHand: number;
}

describe("platform status", function () {
  this.timeout(240_000);
  let plan: Plan;
  let cloud: Cloud;
  let double: OperationsDouble;
  let security: Account;
  let env: Environment;
  before(() => {
    plan = planFrom();
  });
  inCloud(startCloud, (started) => (cloud = started));
  beforeEach(async () => {
    double = await startOperationsDouble();
    cloud.proxy.use(double);
    security = await cloud.account("security");
    env = await cloud.signedIn("security");
  });
  afterEach(() => double?.close());

  const status = (...flags: string[]) =>
    platform(["status", "--services", fixtureServices, ...flags], { env });
  const report = async (...flags: string[]) => {
    const { code, stdout, stderr } = await status("--format", "json", ...flags);
    assert.equal(stderr, "");
    return { code, ...(JSON.parse(stdout) as JsonReport) };
  };
  const stateOf = ({ stacks }: JsonReport, item: string) =>
    stacks.flatMap(({ items }) => items).find((each) => each.item === item)?.state;

  /** Everything of the Plan in the security account, in order. */
  async function deployAll() {
    for (const { name, rotation } of plan.secrets) {
      const { expression } = rotation.schedule;
      const hourly = expression.includes("hour");
      double.create(name, {
        lastRotated: inDays(hourly ? 0 : -3),
        next: inDays(hourly ? 1 : 27),
        expression,
      });
    }
    for (const parameter of plan.parameters.filter(({ home }) => home === "security")) {
      await security.deployParameter(parameter, { value: "a value" });
    }
  }

  it("of an account in order shows every value, pages through them, and ends well", async () => {
    await deployAll();
    for (let other = 0; other < 230; other++) double.create(`somebody/else/secret${other}`);
    const { code, stdout } = await status();
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^security 111111111111 +state +rotated or set +due +left$/m);
    assert.match(
      stdout,
      /^ {2}shop\/prod\/signing-key +ok +\d{4}-\d\d-\d\d +\d{4}-\d\d-\d\d +in 2[67] days$/m,
    );
    assert.match(stdout, /^ {2}shop\/prod\/partner-token +ok +.* in 59 days$/m);
    assert.match(stdout, /^18 values, none needs a hand$/m);
    assert.doesNotMatch(stdout, /somebody/);
    const actions = cloud.proxy.calls.map(({ action }) => action);
    assert.equal(actions.filter((action) => action === "ListSecrets").length, 3);
    assert.equal(actions.filter((action) => action === "DescribeSecret").length, 0);
    assert.ok(!actions.some((action) => action.startsWith("Get")), "a value was read");
  });

  it("says of everything that needs a hand what to do next, and ends with 1", async () => {
    await deployAll();
    const named = (item: string) => double.service.secrets.find(item);
    named("shop/prod/ledger").tags["platform:unset"] = "true";
    Object.assign(double.rotation(named("shop/prod/archive")), {
      next: inDays(-4),
      lastRotated: inDays(-65),
    });
    double.service.secrets.put(named("shop/prod/vault"), "v2", "x", ["AWSPENDING"]);
    double.rotation(named("shop/prod/vault")).changed = inDays(-1);
    double.rotation(named("shop/prod/session")).deleted = inDays(-1);
    await security.deployParameter(parameterNamed(plan, "/shop/staging/partner-token"), {
      writtenAt: new Date(inDays(-50)),
      value: "a value",
      overwrite: true,
    });

    const { code, stdout } = await status();
    assert.equal(code, 1);
    assert.match(stdout, /5 of 18 values need a hand/);
    for (const line of [
      /unset +shop\/prod\/ledger: it has no value yet\n +npx platform set shop\/prod\/ledger/,
      /overdue +shop\/prod\/archive: its rotation was due on \d{4}-\d\d-\d\d\n +aws logs tail .*; then npx platform rotate shop\/prod\/archive/,
      /stuck +shop\/prod\/vault: version v2 of an unfinished rotation/,
      /deleted +shop\/prod\/session: .*\n +pulumi up --refresh --stack security --policy-pack policies restores it/,
      /expiring +shop\/staging\/partner-token: AWS deletes it on .*\n +renew it with a new value: npx platform set/,
    ]) {
      assert.match(stdout, line);
    }
    const json = await report();
    assert.deepEqual([json.code, json.needHand], [1, 5]);
    assert.equal(stateOf(json, "shop/staging/partner-token"), "expiring");
  });

  it("finds a login that is for another administrator than the manifest's, by its secret's ARN", async () => {
    await deployAll();
    const ledger = secretNamed(plan, "shop/prod/ledger");
    const { secrets } = double.service;
    const noted = (admin: string) => {
      secrets.find(ledger.name).tags[formTag] = formTagValue(
        databaseForm(composedValue(ledger.shape as DatabaseShape, admin)),
      );
    };
    const { arn } = secrets.find("shop/prod/ledger-admin");
    noted(arn);
    assert.equal(stateOf(await report(), ledger.name), "ok");
    noted(arn.replace(/.{6}$/, "GhIjKl"));
    const { code, stdout } = await status();
    assert.equal(code, 1);
    assert.match(
      stdout,
      /waiting +shop\/prod\/ledger: its value is not what the manifest says now in rotation\.admin.*\n +once shop\/prod\/ledger-admin has its value: npx platform set shop\/prod\/ledger/,
    );
  });

  it("holds rotation against the manifest, whatever Secrets Manager was told", async () => {
    await deployAll();
    const rotation = (item: string) => double.rotation(double.service.secrets.find(item));
    Object.assign(rotation("shop/prod/archive"), { expression: "rate(1000 days)", next: inDays(990) });
    double.service.secrets.find("shop/prod/vault").rotationFunction =
      "arn:aws:lambda:eu-west-1:111111111111:function:mine";
    double.service.secrets.find("shop/prod/session").rotationEnabled = false;
    const { code, stdout } = await status();
    assert.equal(code, 1);
    assert.match(stdout, /3 of 18 values need a hand/);
    for (const line of [
      /not as planned +shop\/prod\/archive: it rotates by rate\(1000 days\) in place of rate\(60 days\)\n +find out who changed that; pulumi up --refresh --stack security/,
      /not as planned +shop\/prod\/vault: it rotates by arn:aws:lambda:eu-west-1:111111111111:function:mine in place of arn:.*:rotation-prod-generated/,
      /not rotating +shop\/prod\/session: its rotation is switched off/,
    ]) {
      assert.match(stdout, line);
    }
  });

  it("finds what was never deployed, and what was never set or is gone in Parameter Store", async () => {
    await security.deployParameter(parameterNamed(plan, "/shop/prod/partner-token"));
    const json = await report();
    assert.equal(stateOf(json, "shop/prod/signing-key"), "missing");
    assert.equal(stateOf(json, "shop/prod/partner-token"), "unset");
    assert.equal(stateOf(json, "shop/staging/partner-token"), "expired");
    assert.equal(stateOf(json, "shop/prod/certificate"), "missing");
  });

  it("looks once more at what the list, which lags behind, finds wrong; if it may", async () => {
    await deployAll();
    const secret = double.service.secrets.find("shop/prod/ledger");
    const lagging = {
      name: "a list that lags behind, as AWS's does by up to five minutes",
      before: async (call: Parameters<typeof double.before & object>[0]) => {
        if (call.action === "ListSecrets") secret.tags["platform:unset"] = "true";
        const answer = await double.before?.(call);
        delete secret.tags["platform:unset"];
        return answer;
      },
    };
    cloud.proxy.forget();
    cloud.proxy.use(lagging);
    assert.equal(stateOf(await report(), "shop/prod/ledger"), "ok");

    cloud.proxy.forget();
    cloud.proxy.use(failing("DescribeSecret", "AccessDeniedException", { times: Infinity }), lagging);
    assert.equal(stateOf(await report(), "shop/prod/ledger"), "unset");
  });

  it("looks at the account one has credentials for, or refuses the stack of another", async () => {
    env = await cloud.signedIn("prod");
    const { stacks } = await report();
    assert.deepEqual(
      stacks.map(({ stack, items }) => [stack, items.map(({ item }) => item)]),
      [
        [
          "prod",
          ["shop/prod/log-level", "shop/prod/origins", "shop/prod/relay-password", "shop/prod/warehouse"],
        ],
      ],
    );
    const other = await status("--stack", "security");
    assert.equal(other.code, 1);
    assert.match(other.stderr, /stack security is held by account 111111111111 .* of account 333333333333/);
    const unknown = await status("--stack", "sandbox");
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /there is no stack sandbox; there are security, staging, prod/);
  });

  it("knows an account that holds nothing of the organisation", async () => {
    env = { ...env, AWS_ACCESS_KEY_ID: "AKIAOTHER", AWS_SESSION_TOKEN: "" };
    const { code, stderr } = await status();
    assert.equal(code, 1);
    assert.match(stderr, /account 123456789012 .* holds no stack; use those of 111111111111 \(security\)/);
  });

  it("says what it may not do", async () => {
    cloud.proxy.use({
      name: "a denial",
      before: ({ action }) =>
        action === "DescribeParameters"
          ? awsError(
              "AccessDeniedException",
              "User: x is not authorized to perform: ssm:DescribeParameters on resource: *",
            )
          : undefined,
    });
    const { code, stdout, stderr } = await status("--format", "json");
    assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
    const { error } = JSON.parse(stdout) as { error: { message: string; code: string } };
    assert.equal(error.code, "AccessDeniedException");
    assert.match(error.message, /^role secrets-writers .* may not ssm:DescribeParameters on \*/);
  });

  it("says what is wrong with the manifests as check does", async () => {
    const { code, stderr } = await platform(
      ["status", "--services", join(repository, "test/model/catalogue/broken/admin-dangling")],
      { env },
    );
    assert.equal(code, 1);
    assert.match(
      stderr,
      /orders\.yaml:\d+:\d+ .*\n\nthe manifests have to be corrected first; nothing was done/s,
    );
  });
});
