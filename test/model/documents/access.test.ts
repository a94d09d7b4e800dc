import assert from "node:assert/strict";
import type { Plan, ReadableItem } from "../../../model/plan/types";
import { formTag, unsetTag } from "../../../model/values/tags";
import { samplePlan, samplePlanIn } from "../plan/support/samples";
import { Access, type Actor } from "./support/access";
import { decideAll, type Request } from "./support/evaluator";
import { itemsOf, rolesOf, wrongGrants } from "./support/grants";
import { some } from "../../support/some";

/** Who can read what, by a second reading of the documents (`support/evaluator`), against what the Plan grants. */

describe("access to the samples' values", () => {
  let plan: Plan;
  let access: Access;

  before(() => {
    plan = samplePlan();
    access = new Access(plan);
  });

  it("is open for every granted pair of role and item, closed for every other", () => {
    assert.deepEqual(wrongGrants(plan), []);
    const pairs = rolesOf(plan).length * itemsOf(plan).length;
    assert.ok(pairs > 1_000, `only ${pairs} pairs`);
  });

  it("is the same in China, under either domain, and in GovCloud", () => {
    const china = samplePlanIn("aws-cn");
    assert.deepEqual(wrongGrants(china), []);
    assert.deepEqual(wrongGrants(china, "amazonaws.com.cn"), []);
    assert.deepEqual(wrongGrants(samplePlanIn("aws-us-gov")), []);
  });

  it("does not hang on a role's own policies alone: a mighty one of the environment reads no secret", () => {
    for (const { workload } of plan.environments) {
      for (const name of ["services/orders/orders-x-imposter", "platform/secrets-writers", "Administrator"]) {
        assert.deepEqual(secretsReadBy(access.mighty(workload.account, name)), []);
        assert.deepEqual(centralReadBy(access.mighty(workload.account, name)), []);
      }
    }
  });

  it("is closed to another service's role with every permission, and to a granted one of another environment", () => {
    for (const secret of some(plan.secrets, "secrets")) {
      const readers = new Set(secret.readers.map(({ arn }) => arn));
      const others = rolesOf(plan).filter(({ arn }) => !readers.has(arn));
      for (const role of some(others, `roles that may not read ${secret.name}`)) {
        const mighty = access.mighty(role.account, role.arn.split(":role/")[1]!);
        assert.equal(access.canRead(mighty, secret), false, `${role.name} reads ${secret.name}`);
      }
    }
  });

  it("is closed to a granted role's name in an account that left the organisation", () => {
    // Public keys have no key policy behind their share.
    const shared = plan.parameters.filter(({ home, key }) => home === "security" && key !== undefined);
    for (const item of [...some(plan.secrets, "secrets"), ...some(shared, "parameters that are shared")]) {
      for (const reader of item.readers) {
        const name = reader.arn.split(":role/")[1]!;
        assert.equal(access.canRead(access.mighty(reader.account, name), item), true);
        assert.equal(access.canRead(access.mighty(reader.account, name, "o-otherotherot"), item), false);
      }
    }
  });

  it("to secrets is closed to deployer, administrators, writers, developers and auditors", () => {
    const { deployer, administrators } = plan.organisation.principals;
    for (const account of accountsOf(plan)) {
      const people = (["writers", "developers", "auditors"] as const).map((person) =>
        access.person(person, account),
      );
      for (const actor of [
        ...people,
        ...[deployer, ...administrators].map((name) => access.mighty(account, name)),
      ]) {
        assert.deepEqual(secretsReadBy(actor), [], actor.arn);
        const secure = plan.parameters.filter(
          ({ key, environment }) => key !== undefined && environment === "prod",
        );
        assert.deepEqual(readBy(actor, secure), [], actor.arn);
      }
    }
  });

  it("to parameters of the environments listed is open to developers, to others closed", () => {
    for (const { name, security, workload } of plan.environments) {
      const own = plan.parameters.filter(({ environment }) => environment === name);
      const read = [security.account, workload.account].flatMap((account) => {
        const held = own.filter((parameter) => parameter.account === account);
        return readBy(access.person("developers", account), held);
      });
      const expected = name === "staging" ? own.map((parameter) => parameter.name) : [];
      assert.deepEqual(read.sort(), expected.sort());
    }
  });

  it("is open to break-glass of the account that holds them", () => {
    for (const account of accountsOf(plan)) {
      const held = [...plan.secrets, ...plan.parameters].filter((item) => item.account === account);
      const actor = access.person("breakGlass", account);
      assert.deepEqual(
        readBy(actor, held),
        held.map(({ name }) => name),
      );
      const elsewhere = itemsOf(plan).filter((item) => item.account !== account);
      assert.deepEqual(readBy(actor, elsewhere), []);
    }
  });

  it("is open to rotators for what they rotate and for the administrators' logins they need, nothing else", () => {
    for (const rotator of plan.rotators) {
      const expected = [...rotator.secrets, ...rotator.admins];
      assert.deepEqual(
        [...new Set(secretsReadBy(access.rotator(rotator)))].sort(),
        [...new Set(expected)].sort(),
      );
    }
  });

  it("is open to a team's own rotation function for its secret alone", () => {
    const own = plan.secrets.filter(({ rotation }) => rotation.rotator === undefined);
    assert.ok(own.length > 0);
    for (const secret of own) {
      const role = secret.rotatorRoles[0]!.split(":role/")[1]!;
      const expected = own.filter(({ rotatorRoles }) => rotatorRoles[0] === secret.rotatorRoles[0]);
      assert.deepEqual(
        secretsReadBy(access.mighty(secret.account, role)),
        expected.map(({ name }) => name),
      );
    }
  });

  it("to copies in other regions is open to the same roles", () => {
    const replicated = plan.secrets.filter(({ replicas }) => replicas.length > 0);
    assert.ok(replicated.length > 0);
    for (const secret of replicated) {
      for (const region of secret.replicas) {
        const open = rolesOf(plan).filter((role) => access.canRead(access.consumer(role), secret, region));
        assert.deepEqual(
          open.map(({ name }) => name),
          secret.readers.map(({ name }) => name),
        );
      }
    }
  });

  it("for writing is open to writers and rotators, closed to every consumer", () => {
    const items = [...plan.secrets, ...plan.parameters];
    for (const account of accountsOf(plan)) {
      const held = items.filter((item) => item.account === account);
      const put = held.filter((item) => access.canPut(access.person("writers", account), item));
      // What the platform publishes itself is nobody's to write.
      assert.deepEqual(
        put,
        held.filter((item) => item.kind === "secret" || item.keysOf === undefined),
      );
    }
    for (const rotator of plan.rotators) {
      const put = plan.secrets.filter((secret) => access.canPut(access.rotator(rotator), secret));
      const rotated = rotator.hosted === "platform" ? rotator.secrets : [...rotator.secrets];
      assert.deepEqual(
        rotated.filter((name) => !put.some((secret) => secret.name === name)),
        [],
      );
    }
    for (const role of rolesOf(plan)) {
      assert.deepEqual(
        items.filter((item) => access.canPut(access.consumer(role), item)),
        [],
      );
    }
  });

  it("for tagging is open to writers with the note of a form alone", () => {
    for (const secret of plan.secrets) {
      const { policies, ...caller } = access.person("writers", secret.account);
      const decision = (context?: Request["context"]) =>
        decideAll(policies, {
          caller,
          action: "secretsmanager:TagResource",
          resource: secret.arnPattern.replace("??????", "AbCdEf"),
          ...(context && { context }),
        });
      assert.equal(decision({ "aws:TagKeys": [formTag] }), "allow");
      for (const keys of [["owner"], [formTag, "owner"], [unsetTag]]) {
        assert.equal(decision({ "aws:TagKeys": keys }), "nothing", keys.join());
      }
      assert.equal(decision(), "nothing");
    }
  });

  function readBy(actor: Actor, items: readonly ReadableItem[]): string[] {
    return items
      .filter((item) => access.canRead(actor, item))
      .map((item) => ("name" in item ? item.name : item.arn));
  }

  function secretsReadBy(actor: Actor): string[] {
    return readBy(actor, plan.secrets);
  }

  function centralReadBy(actor: Actor): string[] {
    return readBy(
      actor,
      plan.parameters.filter(({ home, keysOf }) => home === "security" && keysOf === undefined),
    );
  }
});

function accountsOf(plan: Plan): readonly string[] {
  return plan.organisation.stacks.map(({ account }) => account);
}
