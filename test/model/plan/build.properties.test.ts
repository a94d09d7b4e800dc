import assert from "node:assert/strict";
import type { Consumer, Service } from "../../../model/catalogue/types";
import { buildPlan } from "../../../model/plan/build";
import type { ConsumerPlan, ReadableItem } from "../../../model/plan/types";
import { forAnyPlan } from "./support/plans";

describe("the plan of any valid catalogue", function () {
  this.timeout(240_000);

  it("grants each role exactly what its consumer reads and injects", () => {
    forAnyPlan((plan, all) => {
      const expected = all.services.flatMap((owner) =>
        owner.environments.flatMap((environment) =>
          owner.consumers.flatMap((consumer) => grantsOf(owner, environment, consumer)),
        ),
      );
      assert.deepEqual(plan.consumers.flatMap(grantsIn).sort(), expected.sort());
    });
  });

  it("lists for every item the roles that were granted it, and no others", () => {
    forAnyPlan((plan) => {
      const granted = plan.consumers
        .flatMap(({ role, executionRole }) => (executionRole ? [role, executionRole] : [role]))
        .flatMap((role) => role.grants.map((item) => `${role.name} ${nameOf(item)}`));
      const read = [...plan.secrets, ...plan.managedSecrets, ...plan.parameters].flatMap((item) =>
        item.readers.map((role) => `${role.name} ${nameOf(item)}`),
      );
      assert.deepEqual(read.sort(), granted.sort());
    });
  });

  it("is the same each time", () => {
    forAnyPlan((plan, all) => {
      assert.deepEqual(buildPlan(all, plan.organisation), plan);
    }, 20);
  });

  it("protects in production what is encrypted, or verifies what a key pair signs, and is not retired, and nothing elsewhere", () => {
    forAnyPlan((plan, all) => {
      for (const item of [...plan.secrets, ...plan.parameters]) {
        const owner = all.services.find(({ name }) => name === item.service)!;
        const { retire } = [...owner.secrets, ...owner.parameters].find(({ name }) => name === item.item)!;
        const lasting = item.kind === "secret" || item.type === "SecureString" || item.keysOf !== undefined;
        assert.equal(item.protected, item.environment === "prod" && lasting && !retire, nameOf(item));
      }
      for (const { protected: isProtected, environment, service: of, deletionWindowDays } of plan.keys) {
        const retire = all.services.find(({ name }) => name === of)?.retire ?? false;
        assert.equal(isProtected, environment === "prod" && !retire);
        assert.equal(deletionWindowDays, environment === "prod" ? 30 : 7);
      }
      for (const { environment, recoveryWindowDays } of plan.secrets) {
        assert.equal(recoveryWindowDays, environment === "prod" ? 30 : 7);
      }
    });
  });

  it("puts every secret under a key that is in each of its regions, and rotates it by a function that knows it", () => {
    forAnyPlan((plan) => {
      for (const { name, account, environment, key, replicas, rotation } of plan.secrets) {
        assert.ok(plan.keys.includes(key));
        assert.deepEqual([key.account, key.environment, key.home], [account, environment, "security"]);
        assert.deepEqual(
          replicas.filter((region) => !key.replicaRegions.includes(region)),
          [],
        );
        const { rotator } = rotation;
        if (rotator === undefined) continue;
        assert.ok(rotator.secrets.includes(name));
        assert.ok(rotator.keys.includes(key));
        assert.equal(rotator.environment, environment);
        assert.equal(rotator.functionArn, rotation.functionArn);
        if (rotation.admin !== undefined) assert.ok(rotator.admins.includes(rotation.admin));
      }
    });
  });
});

/** `{role's use} {consumer} {item}` of everything a manifest's consumer names. */
function grantsOf(owner: Service, environment: string, whose: Consumer): string[] {
  const { name, kind, reads: read, environment: injected } = whose;
  const consumer = `${owner.name}/${environment}/${name}`;
  const [runs, fetches] = kind === "ecs" ? ["ecs-task", "ecs-execution"] : [kind, kind];
  const item = (of: { service: string; item: string }) => `${of.service}/${environment}/${of.item}`;
  return [
    ...new Set([
      ...read.map((reference) => `${runs} ${consumer} ${item(reference)}`),
      ...injected.map(({ reference }) => `${fetches} ${consumer} ${item(reference)}`),
      ...(whose.kind === "ecs" ? whose.repositoryCredentials : []).map(
        (reference) => `${fetches} ${consumer} ${item(reference)}`,
      ),
    ]),
  ];
}

function grantsIn({ service: owner, environment, consumer, role, executionRole }: ConsumerPlan): string[] {
  return (executionRole ? [role, executionRole] : [role]).flatMap(({ use, grants }) =>
    grants.map((item) => `${use} ${owner}/${environment}/${consumer} ${nameOf(item)}`),
  );
}

function nameOf({ service: owner, environment, item }: ReadableItem): string {
  return `${owner}/${environment}/${item}`;
}
