import assert from "node:assert/strict";
import { judged, type Runner, SoundTests } from "../../../tools/mutate/judge";
import type { Mutant } from "../../../tools/mutate/mutants";
import type { Answer, Order } from "../../../tools/mutate/worker";

const mutant: Mutant = {
  file: "model/a.ts",
  line: 1,
  operator: "other boolean",
  original: "f(true);",
  before: "true",
  after: "false",
  start: 2,
  end: 6,
};

const tests = ["first", "second"].map((test) => ({ test, milliseconds: 500 }));

/** What tests of 500 ms may last by the clock before they count as late. */
const limitMs = 70_000;

type Fates = Readonly<Record<string, Answer["fate"]>>;

interface Given {
  /** By test: over the changed code. */
  readonly changed: Fates;
  /** By test: over the code as it stands; it passes unless given. */
  readonly sound?: Fates;
  /** Milliseconds that the sound code takes. */
  readonly soundMs?: number;
}

async function judge({ changed, sound = {}, soundMs = 10 }: Given, times = 1) {
  let clock = 0;
  const said: string[] = [];
  const orders: string[] = [];
  const ran: (readonly [string, boolean, number])[] = [];
  const runner: Runner = {
    run({ test, mutant: change }: Order, limit) {
      orders.push(`${change === undefined ? "sound" : "changed"} ${test} within ${limit}`);
      if (change === undefined) clock += soundMs;
      const fate = (change === undefined ? sound[test] : changed[test]) ?? "passed";
      return Promise.resolve({ fate, milliseconds: 7 });
    },
  };
  const judging = {
    sound: new SoundTests(
      (line) => said.push(line),
      () => clock,
    ),
    ran: (...each: readonly [string, boolean, number]) => void ran.push(each),
  };
  let result = await judged(runner, mutant, tests, judging);
  for (let time = 1; time < times; time++) result = await judged(runner, mutant, tests, judging);
  return { fate: result.fate, by: result.by, said, orders, ran };
}

describe("a change of the code", () => {
  it("survives where each test passes", async () => {
    const { fate, ran, orders } = await judge({ changed: {} });
    assert.equal(fate, "survived");
    assert.deepEqual(ran, [
      ["first", false, 7],
      ["second", false, 7],
    ]);
    assert.deepEqual(orders, [`changed first within ${limitMs}`, `changed second within ${limitMs}`]);
  });

  it("is killed by the first test that fails, where that passes without it", async () => {
    const { fate, by, ran } = await judge({ changed: { second: "failed" } });
    assert.deepEqual([fate, by], ["killed", "second"]);
    assert.deepEqual(ran.at(-1), ["second", true, 7]);
    assert.equal((await judge({ changed: { first: "failed", second: "failed" } })).by, "first");
  });

  it("is not killed by a test that fails without it, which is told once and not run again", async () => {
    const given = { changed: { first: "failed" }, sound: { first: "failed" } } as const;
    const { fate, said, orders } = await judge(given, 2);
    assert.equal(fate, "survived");
    assert.deepEqual(said, ["left out, as it fails without any change: first"]);
    assert.deepEqual(orders, [
      `changed first within ${limitMs}`,
      "sound first within 300000",
      `changed second within ${limitMs}`,
      `changed second within ${limitMs}`,
    ]);
  });

  it("is tried without the change once, however many changes a test notices", async () => {
    const { orders } = await judge({ changed: { first: "failed" } }, 3);
    assert.equal(orders.filter((order) => order.startsWith("sound")).length, 1);
  });

  it("counts for nothing where it is no program, whatever other tests say", async () => {
    const { fate, orders, ran } = await judge({ changed: { first: "broken", second: "failed" } });
    assert.equal(fate, "broken");
    assert.deepEqual([orders.length, ran], [1, []]);
  });

  for (const [soundMs, fate] of [
    [limitMs / 4 - 1, "killed"],
    [limitMs / 4, "survived"],
  ] as const) {
    it(`${fate === "killed" ? "is killed by" : "survives"} a late test that takes ${soundMs} ms without it`, async () => {
      assert.equal((await judge({ changed: { first: "late" }, soundMs })).fate, fate);
    });
  }

  it("is not killed by a late test that does not end without it either", async () => {
    const { fate } = await judge({ changed: { first: "late" }, sound: { first: "late" } });
    assert.equal(fate, "survived");
  });

  it("is killed by a test that fails, however long it takes without it", async () => {
    assert.equal((await judge({ changed: { first: "failed" }, soundMs: limitMs })).fate, "killed");
  });
});
