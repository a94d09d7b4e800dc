import assert from "node:assert/strict";
import { rollout } from "../../../functions/rollout/handler";
import { servicesFor } from "../../../functions/rollout/targets";
import type { RolloutSettings } from "../../../model/functions/settings";
import { startEcs, type EcsDouble, type StoredService } from "../support/ecs";
import { queued, rotationFailed, rotationSucceeded } from "../support/events";
import { ServiceFault } from "../support/jsonService";
import { lambdaContext } from "../support/rotation";

const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf";
const functionArn = "arn:aws:lambda:eu-west-1:333333333333:function:rollout";
const rotated = new Date("2026-06-15T06:00:00Z");

const settings: RolloutSettings = {
  rollouts: [
    {
      secretArnPattern: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-??????",
      services: [
        { cluster: "shop", service: "orders-worker" },
        { cluster: "shop", service: "orders-api" },
      ],
    },
    {
      secretArnPattern: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/key-??????",
      services: [{ cluster: "shop", service: "orders-worker" }],
    },
  ],
};

describe("rollout after a rotation", () => {
  let ecs: EcsDouble;
  let clock: Date;
  let waits: number;
  let whileWaiting: () => void;

  before(async () => {
    ecs = await startEcs(() => clock);
  });

  after(() => ecs.close());

  beforeEach(() => {
    ecs.hook = undefined;
    ecs.calls.length = 0;
    clock = new Date(rotated.getTime() + 5000);
    waits = 0;
    whileWaiting = () => undefined;
    ecs.services = ["orders-worker", "orders-api"].map((serviceName) => ({
      serviceName,
      status: "ACTIVE",
      deployments: [
        { status: "PRIMARY", rolloutState: "COMPLETED", createdAt: rotated.getTime() / 1000 - 86_400 },
      ],
    }));
  });

  function finish({ deployments }: StoredService): void {
    deployments.splice(1);
    for (const deployment of deployments) deployment.rolloutState = "COMPLETED";
  }

  function worker(): StoredService {
    const [first] = ecs.services;
    assert.ok(first);
    return first;
  }

  async function handle(event: object = rotationSucceeded(rotated), remaining = 900_000) {
    const lines: string[] = [];
    let left = remaining;
    const handler = rollout({
      client: ecs.client(),
      settings,
      write: (line) => lines.push(line),
      wait: (milliseconds) => {
        waits += 1;
        left -= milliseconds;
        clock = new Date(clock.getTime() + milliseconds);
        whileWaiting();
        return Promise.resolve();
      },
    });
    const context = { ...lambdaContext(functionArn), getRemainingTimeInMillis: () => left };
    const outcome = await handler(event, context).then(() => "done", String);
    return { outcome, lines };
  }

  function started(): string[] {
    return ecs.calls
      .filter(({ operation }) => operation === "UpdateService")
      .map(({ input }) => String(input.service));
  }

  it("starts a deployment of each service the secret is injected into", async () => {
    const { outcome, lines } = await handle();
    assert.equal(outcome, "done");
    assert.deepEqual(started(), ["orders-worker", "orders-api"]);
    assert.equal(lines.filter((line) => line.includes('"RolloutStarted":1')).length, 2);
    assert.equal(waits, 0);
  });

  it("takes rotations as the queue hands them over", async () => {
    assert.equal((await handle(queued(rotationSucceeded(rotated)))).outcome, "done");
    assert.deepEqual(started(), ["orders-worker", "orders-api"]);
  });

  it("two secrets of one service rotated at once, one after the other from the queue: one deployment", async () => {
    const key = rotationSucceeded(rotated, secretArn.replace("database", "key"));
    clock = new Date(rotated.getTime() + 5000);
    for (const event of [rotationSucceeded(rotated), key]) {
      assert.equal((await handle(queued(event))).outcome, "done");
    }
    assert.deepEqual(started(), ["orders-worker", "orders-api"]);
  });

  it("of none for a secret that is injected nowhere", async () => {
    const { outcome } = await handle(rotationSucceeded(rotated, secretArn.replace("database", "databases")));
    assert.equal(outcome, "done");
    assert.deepEqual(ecs.calls, []);
  });

  it("waits for a deployment begun before the rotation, then starts one", async () => {
    worker().deployments.unshift({
      status: "PRIMARY",
      rolloutState: "IN_PROGRESS",
      createdAt: rotated.getTime() / 1000 - 60,
    });
    worker().deployments[1]!.status = "ACTIVE";
    whileWaiting = () => {
      if (waits === 3) finish(worker());
    };
    assert.equal((await handle()).outcome, "done");
    assert.equal(waits, 3);
    assert.deepEqual(started(), ["orders-api", "orders-worker"]);
  });

  it("waits while tasks of an earlier deployment are still being drained", async () => {
    worker().deployments.push({ status: "ACTIVE", rolloutState: "COMPLETED", createdAt: 0 });
    whileWaiting = () => finish(worker());
    assert.equal((await handle()).outcome, "done");
    assert.equal(waits, 1);
  });

  it("needs none where one was begun since the rotation, by whomever", async () => {
    worker().deployments.unshift({
      status: "PRIMARY",
      rolloutState: "IN_PROGRESS",
      createdAt: rotated.getTime() / 1000 + 2,
    });
    assert.equal((await handle()).outcome, "done");
    assert.deepEqual(started(), ["orders-api"]);
  });

  it("takes one of the same second for begun before: CloudTrail's times are whole seconds", async () => {
    worker().deployments[0]!.createdAt = rotated.getTime() / 1000 + 0.5;
    assert.equal((await handle()).outcome, "done");
    assert.ok(started().includes("orders-worker"));
  });

  it("the same event again starts nothing", async () => {
    await handle();
    ecs.services.forEach(finish);
    assert.equal((await handle()).outcome, "done");
    assert.equal(started().length, 2);
  });

  it("two secrets of one service rotated one after the other: one deployment, then another", async () => {
    await handle();
    const later = new Date(rotated.getTime() + 60_000);
    clock = new Date(later.getTime() + 5000);
    whileWaiting = () => ecs.services.forEach(finish);
    const key = secretArn.replace("database", "key");
    assert.equal((await handle(rotationSucceeded(later, key))).outcome, "done");
    assert.deepEqual(started(), ["orders-worker", "orders-api", "orders-worker"]);
  });

  it("a failed deployment does not stand in the way", async () => {
    worker().deployments[0]!.rolloutState = "FAILED";
    assert.equal((await handle()).outcome, "done");
    assert.ok(started().includes("orders-worker"));
  });

  it("time runs out: fails naming the service, so that Lambda tries again", async () => {
    worker().deployments.unshift({ status: "PRIMARY", rolloutState: "IN_PROGRESS", createdAt: 0 });
    const { outcome, lines } = await handle(rotationSucceeded(rotated), 100_000);
    assert.match(
      outcome,
      /not every service could be deployed: shop\/orders-worker: an earlier deployment is still under way/,
    );
    assert.deepEqual(started(), ["orders-api"]);
    assert.ok(waits >= 3);
    assert.ok(lines.some((line) => line.includes('"RolloutFailed":1')));
  });

  it("a missing or inactive service: says so, and the others are deployed all the same", async () => {
    ecs.services.shift();
    assert.match(
      (await handle()).outcome,
      /there is no active ECS service orders-worker in cluster shop; correct rollout in the manifest/,
    );
    assert.deepEqual(started(), ["orders-api"]);
  });

  it("an error of ECS fails the call with its name", async () => {
    ecs.hook = ({ operation }, moment) => {
      if (operation !== "UpdateService" || moment === "after") return;
      throw new ServiceFault("AccessDeniedException", "not authorized to perform: ecs:UpdateService");
    };
    assert.match(
      (await handle()).outcome,
      /orders-worker: AccessDeniedException .*not authorized to perform.*orders-api/,
    );
  });

  it("refuses any other event", async () => {
    for (const event of [
      {},
      { ...rotationSucceeded(rotated), source: "aws.ssm" },
      rotationFailed(rotated),
      { ...rotationSucceeded(rotated), detail: null },
      queued(rotationFailed(rotated)),
      { Records: [{ body: "no JSON, and not to be quoted" }] },
      { Records: [null] },
    ]) {
      const { outcome, lines } = await handle(event);
      assert.match(outcome, /the event is not Secrets Manager's RotationSucceeded/);
      assert.doesNotMatch(outcome + lines.join(), /not to be quoted/);
    }
    assert.deepEqual(ecs.calls, []);
  });
});

describe("services of a secret", () => {
  it("are those of every pattern that matches, each once", () => {
    const both = { rollouts: [...settings.rollouts, ...settings.rollouts] };
    assert.deepEqual(
      servicesFor(both, secretArn).map(({ service }) => service),
      ["orders-worker", "orders-api"],
    );
  });

  it("only ? stands for another character, and for exactly one", () => {
    for (const arn of [
      secretArn.slice(0, -1),
      `${secretArn}x`,
      secretArn.replace("eu-west-1", "eu-west-2"),
      "",
    ]) {
      assert.deepEqual(servicesFor(settings, arn), []);
    }
    const rollouts = [{ secretArnPattern: "*", services: [{ cluster: "c", service: "s" }] }];
    assert.deepEqual(servicesFor({ rollouts }, secretArn), []);
  });
});
