import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { listSecrets } from "../../../cli/operations/listSecrets";
import { openSession, type Session } from "../../../cli/operations/session";
import { isOverdue, rotateAll, type OverdueSecret, type RotationResult } from "../../../cli/rotate/overdue";
import type { Plan } from "../../../model/plan/types";
import { provided } from "../../support/leftOut";
import { failing } from "../../support/moto/doubles";
import { type Cloud, startCloud } from "./support/cloud";
import { planFrom } from "./support/plan";
import { type OperationsDouble, startOperationsDouble } from "./support/secretsManager";

const dayMs = 86_400_000;
const services = 20;
const secretsEach = 25;

/** 20 services of 25 secrets in two environments. */
function thousandSecrets(folder: string): void {
  for (let service = 1; service <= services; service++) {
    const secrets = Array.from(
      { length: secretsEach },
      (_, index) =>
        `  key${index + 1}: { description: A key, rotation: { method: generated, every: 30 days } }`,
    );
    const manifest = [
      `service: many${service}`,
      "owner: many@example.com",
      "description: Many secrets",
      "environments: [staging, prod]",
      "secrets:",
      ...secrets,
    ];
    writeFileSync(join(folder, `many${service}.yaml`), `${manifest.join("\n")}\n`);
  }
}

describe("1,000 overdue secrets", function () {
  this.timeout(480_000);
  const folder = mkdtempSync(join(tmpdir(), "many-secrets-"));
  let plan: Plan;
  let cloud: Cloud;
  let double: OperationsDouble;
  let session: Session;
  const environment = { ...process.env };

  before(async function () {
    this.timeout(720_000);
    thousandSecrets(folder);
    plan = planFrom(folder);
    cloud = await provided(this, startCloud);
  });
  beforeEach(async () => {
    await cloud.reset();
    double = await startOperationsDouble();
    cloud.proxy.use(double);
    Object.assign(process.env, await cloud.signedIn("security"));
    session = await openSession(plan);
    for (const { name } of plan.secrets) {
      double.create(name, { lastRotated: Date.now() - 40 * dayMs, next: Date.now() - 5 * dayMs });
    }
  });
  afterEach(async () => {
    process.env = { ...environment };
    await double?.close();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await cloud?.stop();
  });

  const overdueNow = async (): Promise<OverdueSecret[]> => {
    const listed = await listSecrets(session);
    return plan.secrets
      .filter(({ name }) => isOverdue(listed.get(name)!, new Date()))
      .map((secret) => ({ secret, stack: "security" }));
  };
  const rotateThem = (
    overdue: readonly OverdueSecret[],
    signal?: AbortSignal,
    progress: (done: number) => void = () => {},
  ) =>
    rotateAll(session, overdue, {
      timeoutMs: 60_000,
      firstLookMs: 5,
      progress,
      now: new Date(),
      ...(signal && { signal }),
    });
  const counts = (results: readonly RotationResult[]) => {
    const counted: Record<string, number> = {};
    for (const { result } of results) counted[result] = (counted[result] ?? 0) + 1;
    return counted;
  };
  const calls = (name: string) => cloud.proxy.calls.filter(({ action }) => action === name).length;

  it("are found over pages and rotated though AWS throttles", async () => {
    const times = 2;
    cloud.proxy.forget();
    cloud.proxy.use(
      failing("ListSecrets", "ThrottlingException", { times: 2, message: "Rate exceeded" }),
      failing("RotateSecret", "ThrottlingException", { times, message: "Rate exceeded" }),
      failing("DescribeSecret", "ThrottlingException", { times, message: "Rate exceeded" }),
      double,
    );
    const overdue = await overdueNow();
    assert.equal(overdue.length, 1000);
    assert.equal(calls("ListSecrets"), 12);
    const done: number[] = [];
    const results = await rotateThem(overdue, undefined, (count) => done.push(count));
    assert.deepEqual(
      results.filter(({ result }) => result !== "rotated"),
      [],
    );
    assert.equal(results.length, 1000);
    assert.equal(calls("RotateSecret"), 1000 + times);
    assert.equal(done.at(-1), 1000);
    assert.deepEqual(await overdueNow(), []);
  });

  it("are rotated ten at once, and gone on with where a run was broken off", async () => {
    const quick = double.functionOf;
    double.functionOf = (secret) => async (event) => {
      await wait(2);
      await quick(secret)(event);
    };
    const breakOff = new AbortController();
    const overdue = await overdueNow();
    const first = counts(
      await rotateThem(overdue, breakOff.signal, (done) => {
        if (done === 300) breakOff.abort();
      }),
    );
    assert.ok(double.mostAtOnce > 5 && double.mostAtOnce <= 10, `${double.mostAtOnce} at once`);
    assert.ok(first["rotated"]! >= 290 && first["rotated"]! <= 310, JSON.stringify(first));
    assert.ok(first["not begun"]! >= 680);
    // The list may still show as overdue what was rotated a moment ago.
    const second = counts(await rotateThem(overdue));
    assert.equal((second["rotated"] ?? 0) + (second["not overdue any more"] ?? 0), 1000);
    assert.ok(calls("RotateSecret") <= 1010, `${calls("RotateSecret")} rotations`);
    assert.deepEqual(await overdueNow(), []);
  });

  it("are left alone once their function has failed three times in a row", async () => {
    double.functionOf =
      (secret) =>
      ({ ClientRequestToken: token }) => {
        double.service.secrets.move(secret, "AWSPENDING", undefined, token);
        return Promise.reject(new Error("broken"));
      };
    const overdue = await overdueNow();
    const results = await rotateAll(session, overdue, {
      timeoutMs: 30,
      firstLookMs: 5,
      progress: () => {},
      now: new Date(),
    });
    const { failed, "not begun": notBegun } = counts(results);
    assert.equal(failed! + notBegun!, 1000);
    // Two functions, one an environment, and ten under way when the third failure shows.
    assert.ok(failed! <= 2 * (3 + 10), `${failed} were tried`);
    assert.match(
      results.find(({ result }) => result === "not begun")?.message ?? "",
      /function failed \d+ times in a row \(arn:aws:lambda:.*:rotation-(prod|staging)-generated\)/,
    );
  });
});
