import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { inspect } from "node:util";
import type { Clock } from "../../../aws/clock";
import { publicationSeconds } from "../../../model/functions/keyPairs";
import { keyPairKindIn, keyPairKinds, type KeyPairValue, newKeyPair } from "../../../model/values/keyPair";
import { fakeClock } from "../../support/fakeClock";
import { ServiceFault } from "../support/jsonService";
import {
  createKeyPair,
  keyPairInProcess,
  kidOf,
  type KeyPairWorld,
  parameter,
  published,
} from "../support/keyPairs";
import { startParameterStore } from "../support/parameterStore";
import { rotate, startRotation } from "../support/rotation";
import type { StoredSecret } from "../support/secrets";
import { startSecretsManager } from "../support/secretsManager";
import { tokens } from "../support/tokens";

const tokenSeconds = 3_600;
const settings = { kind: "ed25519", parameter, tokenSeconds, publicationSeconds } as const;

describe("rotation of key pairs", function () {
  this.timeout(480_000);
  let world: KeyPairWorld;
  const clock = fakeClock();
  const passing: Clock["sleep"] = (milliseconds) => clock.sleep(milliseconds);
  const now = () => clock.now();
  let sleeping = passing;
  const ownClock: Clock = { ...clock, sleep: (milliseconds) => sleeping(milliseconds) };

  before(async () => {
    world = { service: await startSecretsManager(), store: await startParameterStore(now) };
  });

  after(async () => {
    await world.service.close();
    await world.store.close();
  });

  afterEach(() => {
    world.service.hook = undefined;
    world.store.hook = undefined;
    sleeping = passing;
  });

  let count = 0;
  function create(first = newKeyPair("ed25519", crypto)): StoredSecret {
    return createKeyPair(world, `orders/prod/token-key-${++count}`, first);
  }

  function invoking(
    secret: StoredSecret,
    remaining?: number,
    kind: (typeof keyPairKinds)[number] = "ed25519",
  ) {
    const options = { clock: ownClock, ...(remaining !== undefined && { remaining }) };
    return keyPairInProcess(world, secret, { ...settings, kind }, options).invoke;
  }

  const labelled = (secret: StoredSecret) =>
    ["AWSCURRENT", "AWSPREVIOUS"].map((label) => kidOf(world, secret, label));

  for (const kind of keyPairKinds) {
    it(`${kind}: a new pair is current, and its key and the one before are published`, async () => {
      const secret = create("a plain string of before");
      for (let times = 0; times < 2; times++) {
        await rotate(world.service.secrets, secret, invoking(secret, undefined, kind));
        const { value } = world.service.secrets.value(secret, {});
        assert.equal(keyPairKindIn(value), kind);
      }
      assert.deepEqual([...published(world)].sort(), labelled(secret).sort());
    });
  }

  it("begins to sign only after every verifier has read the key", async () => {
    const secret = create();
    const token = startRotation(world.service.secrets, secret);
    const invoke = invoking(secret);
    const step = (Step: "createSecret" | "setSecret" | "testSecret" | "finishSecret") =>
      invoke({ Step, SecretId: secret.arn, ClientRequestToken: token });
    await step("createSecret");
    await step("setSecret");
    assert.ok(published(world).includes(kidOf(world, secret, "AWSPENDING")!));
    const from = clock.now();
    await step("setSecret");
    await step("testSecret");
    assert.equal(clock.now() - from, publicationSeconds * 1000);
    await step("finishSecret");
    assert.equal(clock.now() - from, publicationSeconds * 1000);
  });

  it("waits for no more than its call lasts, changes nothing then, and goes on from there", async () => {
    const secret = create();
    const first = kidOf(world, secret, "AWSCURRENT");
    const short = invoking(secret, 60_000);
    const failure = await rotate(world.service.secrets, secret, short).catch(String);
    assert.match(
      failure,
      /testSecret of .*: verifiers know the public key in .* only in 360 seconds, after the end/,
    );
    assert.equal(kidOf(world, secret, "AWSCURRENT"), first);
    clock.pass((publicationSeconds - 30) * 1000);
    await rotate(world.service.secrets, secret, short);
    assert.notEqual(kidOf(world, secret, "AWSCURRENT"), first);
  });

  it("does not finish what is not published, whoever calls the step", async () => {
    const secret = create();
    world.service.secrets.put(secret, "pending", newKeyPair("ed25519", crypto), ["AWSPENDING"]);
    const event = { Step: "finishSecret", SecretId: secret.arn, ClientRequestToken: "pending" } as const;
    await assert.rejects(invoking(secret)(event), /finishSecret of .*: the public key is not in \/orders/);
    assert.notEqual(secret.versions.find(({ id }) => id === "pending")?.stages.has("AWSCURRENT"), true);
  });

  it("says that the parameter is gone, and that too many keys are in their tokens' period", async () => {
    const secret = create();
    world.store.parameters.delete(parameter);
    await assert.rejects(
      rotate(world.service.secrets, secret, invoking(secret, undefined, "rsa-3072")),
      /is not there; deploy the stack/,
    );
    world.store.put(parameter, '{"keys":[]}');
    const failures: string[] = [];
    for (let times = 0; times < 15; times++)
      await rotate(world.service.secrets, secret, invoking(secret, undefined, "rsa-3072")).catch(
        (error: unknown) => failures.push(String(error)),
      );
    assert.match(
      failures[0] ?? "",
      /the public keys come to \d+ bytes, .* holds 8192; Secrets Manager tries again/,
    );
    const current = kidOf(world, secret, "AWSCURRENT")!;
    assert.ok(published(world).includes(current));
    clock.pass(24 * 3_600_000);
    await rotate(world.service.secrets, secret, invoking(secret, undefined, "rsa-3072"));
    assert.notEqual(kidOf(world, secret, "AWSCURRENT"), current);
  });

  it("gives up a pending pair of another kind, and a value that somebody supplied", async () => {
    const secret = create();
    const token = startRotation(world.service.secrets, secret);
    world.service.secrets.put(secret, token, newKeyPair("p-256", crypto), ["AWSPENDING"]);
    await assert.rejects(
      rotate(world.service.secrets, secret, invoking(secret)),
      /it is no ed25519 key pair/,
    );
    world.service.secrets.put(secret, "supplied", "something else", ["AWSPENDING"]);
    await assert.rejects(rotate(world.service.secrets, secret, invoking(secret)), /it is no key pair/);
    await rotate(world.service.secrets, secret, invoking(secret));
  });

  it("a call that was held up writes over what is published, sees it, and puts it right", async () => {
    const secret = create();
    await rotate(world.service.secrets, secret, invoking(secret));
    const token = startRotation(world.service.secrets, secret);
    const invoke = invoking(secret);
    const event = { SecretId: secret.arn, ClientRequestToken: token } as const;
    await invoke({ ...event, Step: "createSecret" });
    let isFirst = true;
    world.store.hook = async ({ operation }, moment) => {
      if (operation !== "PutParameter" || moment !== "before" || !isFirst) return;
      isFirst = false;
      // Meanwhile another call ends this rotation, and the next one publishes.
      for (const Step of ["setSecret", "testSecret", "finishSecret"] as const)
        await invoke({ ...event, Step });
      await rotate(world.service.secrets, secret, invoke);
      await rotate(world.service.secrets, secret, invoke);
    };
    await invoke({ ...event, Step: "setSecret" });
    for (const kid of labelled(secret)) assert.ok(published(world).includes(kid!), "a key is missing");
  });

  it("a verifier never refuses a valid token: 50 rotations, rollbacks and failures at any call among them", async () => {
    const random = drawn(7);
    const secret = create();
    await rotate(world.service.secrets, secret, invoking(secret));
    const programs = tokens({
      ...{ now, random, tokenSeconds },
      privateKey: () => world.service.secrets.value(secret, {}).value,
      publicKeys: () => world.store.parameters.get(parameter)!.value,
    });
    const hook: KeyPairWorld["service"]["hook"] = async () => {
      clock.pass(random() * 2_000);
      await programs.tick();
      if (random() < 0.04) throw new ServiceFault("InternalServiceError", "try again", 500);
      if (random() < 0.04) throw new ServiceFault("AccessDeniedException", "no");
    };
    sleeping = async (milliseconds) => {
      for (let left = milliseconds; left > 0; left -= 60_000) {
        clock.pass(Math.min(left, 60_000));
        await programs.tick();
      }
    };
    const wanted: string[] = [];
    let [rotations, failures, rollbacks] = [0, 0, 0];
    while (rotations < 50) {
      await sleeping(random() < 0.5 ? 0 : random() * 3_600_000);
      world.service.hook = world.store.hook = hook;
      const previous = world.service.secrets.holder(secret, "AWSPREVIOUS")!.id;
      const isRollback = random() < 0.15;
      const outcome = isRollback
        ? invoking(secret)({ Step: "restoreSecret", SecretId: secret.arn, ClientRequestToken: previous })
        : rotate(world.service.secrets, secret, invoking(secret));
      await outcome.then(
        () => void (isRollback ? (rollbacks += 1) : (rotations += 1)),
        (error: unknown) => {
          if (error instanceof Error && error.name !== "RotationError") throw error;
          failures += 1;
        },
      );
      world.service.hook = world.store.hook = undefined;
      wanted.push(kidOf(world, secret, "AWSCURRENT")!);
    }
    assert.ok(failures >= 10 && rollbacks >= 3, `${failures} failures, ${rollbacks} rollbacks`);
    assert.ok(
      programs.verified.count > 4_000 && programs.verified.kids.size >= 45,
      inspect(programs.verified),
    );
  });

  it("no private key leaves but for the secret: not to the parameter, the log, or an error", async () => {
    const secret = create();
    const { invoke, lines } = keyPairInProcess(world, secret, settings, { clock: ownClock });
    const seen: unknown[] = [];
    const calls = world.store.calls.length;
    for (let times = 0; times < 3; times++) await rotate(world.service.secrets, secret, invoke);
    world.store.hook = ({ operation }) => {
      if (operation === "PutParameter") throw new ServiceFault("ValidationException", "1 validation error");
    };
    await rotate(world.service.secrets, secret, invoke).catch((error: unknown) => seen.push(error));
    world.store.hook = undefined;
    world.service.secrets.put(secret, "bad", secret.versions[0]!.value!.replace("kid", "id"), ["AWSPENDING"]);
    await rotate(world.service.secrets, secret, invoke).catch((error: unknown) => seen.push(error));
    assert.equal(seen.length, 2);
    const told = inspect([lines, seen, world.store.calls.slice(calls)], { depth: 10, showHidden: true });
    const canaries = secret.versions.map(({ value }) => privatePart(value!));
    assert.ok(canaries.length >= 5);
    for (const canary of canaries) assert.ok(!told.includes(canary), "a private key was told");
    assert.doesNotMatch(told, /PRIVATE/);
  });
});

function privatePart(value: string): string {
  const pem = (JSON.parse(value) as KeyPairValue).privateKey.split("\n")[1]!;
  return pem.slice(24, 56);
}

/** Numbers that are the same in each run. */
function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
