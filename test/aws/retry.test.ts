import assert from "node:assert/strict";
import * as fc from "fast-check";
import { effortWords } from "../../aws/effort";
import { retried, soon } from "../../aws/retry";
import { fakeClock } from "../support/fakeClock";

const patience = { tries: 12, seconds: 15 };
const always = () => true;

/** A call that fails so many times; the SDK sent `each` requests for it every time. */
function failing(times: number, each = 1) {
  const errors: Error[] = [];
  const call = () => {
    if (errors.length >= times) return Promise.resolve("done");
    const error = Object.assign(new Error(`failure ${errors.length + 1}`), { $metadata: { attempts: each } });
    errors.push(error);
    return Promise.reject(error);
  };
  return { call, errors };
}

describe("a call that is made again", () => {
  it("ends with the first success, and makes no pause before the first try", async () => {
    const clock = fakeClock();
    assert.equal(await retried(failing(0).call, always, { patience, clock }), "done");
    assert.deepEqual(clock.pauses, []);
    assert.equal(await retried(failing(3).call, always, { patience, clock }), "done");
    assert.equal(clock.pauses.length, 3);
  });

  it("waits longer each time, up to four seconds, and never as long as the draw could be", async () => {
    const clock = fakeClock(0.5);
    await assert.rejects(
      retried(failing(Infinity).call, always, { patience: { tries: 9, seconds: 60 }, clock }),
    );
    assert.deepEqual(clock.pauses, [125, 250, 500, 1000, 2000, 2000, 2000, 2000]);
  });

  it("is over within its seconds and tries, whatever is drawn, and says what was done", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (chance, tries, seconds, each) => {
          const clock = fakeClock(chance);
          const started = clock.now();
          const { call, errors } = failing(Infinity, each);
          const error: unknown = await retried(call, always, {
            patience: { tries, seconds },
            clock,
          }).then(
            () => assert.fail("it never succeeds"),
            (thrown: unknown) => thrown,
          );
          assert.equal(error, errors.at(-1));
          const waited = clock.now() - started;
          assert.ok(waited <= seconds * 1000);
          assert.ok((errors.length - 1) * each < tries, "it went on after the last try");
          const sent = errors.length * each;
          assert.equal(
            effortWords(error),
            sent < 2 ? undefined : `tried ${sent} times in ${Math.max(1, Math.ceil(waited / 1000))} s`,
          );
        },
      ),
    );
  });

  it("is not made again for an error that stays, and tells only of more than one request", async () => {
    const clock = fakeClock();
    const { call, errors } = failing(Infinity);
    await assert.rejects(
      retried(call, () => false, { patience, clock }),
      /failure 1/,
    );
    assert.equal(effortWords(errors[0]), undefined);
    const bySdk = failing(Infinity, 4);
    await assert.rejects(retried(bySdk.call, () => false, { patience, clock }));
    assert.equal(effortWords(bySdk.errors[0]), "tried 4 times in 1 s");
    assert.deepEqual(clock.pauses, []);
  });

  it("counts what the SDK waited", async () => {
    const clock = fakeClock();
    const { call, errors } = failing(Infinity);
    const slow = () => {
      clock.pass(7_000);
      return call();
    };
    await assert.rejects(retried(slow, always, { patience, clock }));
    // The third begins within the fifteen seconds.
    assert.equal(errors.length, 3);
    assert.equal(effortWords(errors[2]), "tried 3 times in 22 s");
  });

  it("ends early where its caller's time is over", async () => {
    const clock = fakeClock();
    const { call, errors } = failing(Infinity);
    const isOver = () => errors.length === 2;
    await assert.rejects(retried(call, always, { patience, clock, isOver }), /failure 2/);
  });

  it("tells beforehand how long one waits", async () => {
    const clock = fakeClock();
    const started = clock.now();
    const told: number[] = [];
    const onPause = (waitedMs: number) => told.push(started + waitedMs);
    await assert.rejects(retried(failing(Infinity).call, always, { patience, clock, onPause }));
    assert.equal(told.length, clock.pauses.length);
    assert.equal(told.at(-1), clock.now());
  });

  it("takes anything that is thrown", async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    const odd = retried(() => Promise.reject("odd"), always, { patience, clock: fakeClock() });
    assert.equal(await odd.catch((error: unknown) => error), "odd");
    assert.equal(effortWords("odd"), undefined);
    assert.equal(effortWords(undefined), undefined);
  });
});

describe("a look that is taken again", () => {
  it("ends with what it finds, or in the same time without", async () => {
    const clock = fakeClock();
    let looks = 0;
    const third = () => Promise.resolve(++looks === 3 ? "there" : undefined);
    assert.equal(await soon(third, { patience, clock }), "there");
    assert.equal(clock.pauses.length, 2);
    const started = clock.now();
    assert.equal(await soon(() => Promise.resolve(undefined), { patience, clock }), undefined);
    assert.ok(clock.now() - started <= patience.seconds * 1000);
  });
});
