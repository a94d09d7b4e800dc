import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { newKeyPair } from "../../../model/values/keyPair";
import { deployFunction } from "../support/functionProcess";
import type { CallHook } from "../support/jsonService";
import {
  createKeyPair,
  keyPairInProcess,
  kidOf,
  type KeyPairWorld,
  parameter,
  published,
} from "../support/keyPairs";
import { startParameterStore } from "../support/parameterStore";
import { rotate, rotationFunctionArn } from "../support/rotation";
import { startSecretsManager } from "../support/secretsManager";

/** Verifiers' time is tried elsewhere; here the order of the calls is. */
const settings = { kind: "ed25519", parameter, tokenSeconds: 1, publicationSeconds: 0 } as const;

/**
 * The function, as deployed, in a process of its own that is killed (SIGKILL) just before and just after each of its API
 * calls has taken effect; then Secrets Manager tries again, as it does.
 */
describe("rotation of a key pair killed at every call", function () {
  this.timeout(480_000);
  let world: KeyPairWorld;

  before(async () => {
    world = { service: await startSecretsManager(), store: await startParameterStore() };
  });

  after(async () => {
    await world.service.close();
    await world.store.close();
  });

  it("what is current is published at every moment, and so is what was before", async () => {
    const secret = createKeyPair(world, "orders/prod/token-key", newKeyPair("ed25519", crypto));
    const { invoke } = keyPairInProcess(world, secret, settings);
    await rotate(world.service.secrets, secret, invoke);
    const deployed = await deployFunction(
      "rotation/generated",
      { secrets: [secret.name], keyPairs: { [secret.name]: settings } },
      {
        AWS_ENDPOINT_URL_SECRETS_MANAGER: world.service.endpoint,
        AWS_ENDPOINT_URL_SSM: world.store.endpoint,
        FUNCTION_ARN: rotationFunctionArn,
      },
    );
    const assertPublished = (where: string) => {
      for (const label of ["AWSCURRENT", "AWSPREVIOUS"])
        assert.ok(
          published(world).includes(kidOf(world, secret, label)!),
          `${where}: ${label} is not published`,
        );
    };
    const killedAt: string[] = [];
    try {
      for (let number = 1; number === killedAt.length + 1; number++) {
        for (const moment of ["before", "after"] as const) {
          const before = kidOf(world, secret, "AWSCURRENT");
          const environment = await deployed.start();
          let [calls, killed] = [0, ""];
          const hook: CallHook = async ({ operation }, when) => {
            assertPublished(`${when} call ${calls}, ${operation}`);
            if (when === "before") calls += 1;
            if (calls !== number || when !== moment) return;
            killed = operation;
            await environment.kill();
            throw new Error("killed");
          };
          world.service.hook = world.store.hook = hook;
          const outcome = await rotate(world.service.secrets, secret, (event) =>
            environment.invoke(event),
          ).catch(String);
          world.service.hook = world.store.hook = undefined;
          await environment.kill();
          assertPublished(`killed ${moment} call ${number}`);
          if (killed === "") {
            assert.ok(!outcome.startsWith("Error"), outcome);
            break;
          }
          if (moment === "before") killedAt.push(killed);
          await rotate(world.service.secrets, secret, invoke);
          assertPublished(`after the next attempt, killed ${moment} call ${number}`);
          assert.notEqual(kidOf(world, secret, "AWSCURRENT"), before);
        }
      }
    } finally {
      await deployed.remove();
    }
    assert.ok(killedAt.length >= 20, killedAt.join("\n"));
    assert.ok(killedAt.includes("PutParameter") && killedAt.includes("UpdateSecretVersionStage"));
  });
});
