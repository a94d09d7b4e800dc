import assert from "node:assert/strict";
import {
  type Catalogue,
  databaseEngines,
  type DatabaseEngine,
  type Service,
} from "../../../model/catalogue/types";
import type { TlsMode } from "../../../model/functions/rotation";
import { buildPlan } from "../../../model/plan/build";
import {
  catalogue,
  ecs,
  everyMonth,
  lambda,
  ownRotation,
  reads,
  secret,
  secureString,
  service,
} from "./support/catalogues";
import { network, organisation } from "./support/organisations";
import { samplePlan } from "./support/samples";

describe("a plan", () => {
  it("puts an environment's keys, secrets and parameters at home there into the security account that holds it", () => {
    const whole: Catalogue = catalogue(
      service("orders", {
        environments: ["staging", "prod"],
        secrets: [secret("signing-key")],
        parameters: [secureString("token"), secureString("injected", { home: "workload" })],
        consumers: [lambda("api", [reads("orders", "signing-key"), reads("orders", "token")])],
      }),
    );
    const plan = buildPlan(whole, organisation({ sharded: true }));
    const held = [...plan.secrets, ...plan.parameters].map(
      ({ account, environment, item }) => `${environment} ${item} ${account}`,
    );
    assert.deepEqual(held, [
      "staging signing-key 111111111111",
      "prod signing-key 444444444444",
      "staging token 111111111111",
      "staging injected 222222222222",
      "prod token 444444444444",
      "prod injected 333333333333",
    ]);
    assert.deepEqual(
      plan.keys.map(({ id, account }) => `${id} ${account}`),
      [
        "security:alias/staging/configuration 111111111111",
        "workload:alias/staging/configuration 222222222222",
        "security:alias/prod/configuration 444444444444",
        "workload:alias/prod/configuration 333333333333",
      ],
    );
    assert.deepEqual(
      plan.environments.map(({ name, security }) => `${name} ${security.stack}`),
      ["staging security", "prod security-prod"],
    );
    assert.deepEqual(
      plan.rotators.map(({ account, role }) => `${account} ${role}`),
      [
        "111111111111 arn:aws:iam::111111111111:role/platform/rotation-staging-generated",
        "444444444444 arn:aws:iam::444444444444:role/platform/rotation-prod-generated",
      ],
    );
  });

  it("gives a service's own key only to accounts where the service has something to encrypt", () => {
    const own = (rest: Partial<Service>) =>
      buildPlan(catalogue(service("orders", { ownKey: true, ...rest })), organisation())
        .keys.filter(({ service: of }) => of === "orders")
        .map(({ home }) => home);
    assert.deepEqual(own({ secrets: [secret("a")] }), ["security"]);
    assert.deepEqual(own({ parameters: [secureString("a", { home: "workload" })] }), ["workload"]);
    assert.deepEqual(own({ secrets: [secret("a")], parameters: [secureString("b", { home: "workload" })] }), [
      "security",
      "workload",
    ]);
    const managed = {
      method: "rds-managed" as const,
      arn: { prod: "arn:aws:secretsmanager:eu-west-1:333333333333:secret:rds!a" },
    };
    assert.deepEqual(own({ secrets: [secret("a", { rotation: managed })] }), []);
  });

  it("replicates the environment's key where a secret under it is replicated, and no further", () => {
    const replicated = (region: string) => ({ secrets: [secret("a", { replicas: [region] })] });
    const { keys } = buildPlan(
      catalogue(
        service("orders", replicated("eu-central-1")),
        service("payments", { ownKey: true, ...replicated("us-east-1") }),
      ),
      organisation(),
    );
    assert.deepEqual(
      keys
        .filter(({ environment, home }) => environment === "prod" && home === "security")
        .map(({ service: of, replicaRegions }) => [of, replicaRegions]),
      [
        [undefined, ["eu-central-1"]],
        ["payments", ["us-east-1"]],
      ],
    );
  });

  it("gives an item that is read and injected to both roles of an ECS consumer, once each", () => {
    const item = reads("orders", "card");
    const consumer = ecs(
      "web",
      [item],
      [
        { variable: "A", reference: item },
        { variable: "B", reference: { ...item, field: "id" } },
      ],
    );
    const plan = buildPlan(
      catalogue(service("orders", { secrets: [secret("card")], consumers: [consumer] })),
      organisation(),
    );
    const [web] = plan.consumers;
    assert.deepEqual([web?.role.grants.length, web?.executionRole?.grants.length], [1, 1]);
    assert.deepEqual(
      plan.secrets[0]?.readers.map(({ use }) => use),
      ["ecs-task", "ecs-execution"],
    );
    assert.deepEqual(
      web?.injections.map(({ variable, field }) => [variable, field]),
      [
        ["A", undefined],
        ["B", "id"],
      ],
    );
  });

  it("has one hosted application for all logins rotated alike, and one for each administrator and each own key", () => {
    const plan = samplePlan();
    const applications = plan.rotators.flatMap((rotator) =>
      rotator.hosted === "aws" && rotator.environment === "prod" ? [rotator] : [],
    );
    assert.deepEqual(
      applications.map(({ engine, strategy, secrets, admins }) => [
        engine,
        strategy,
        secrets.join(),
        admins.join(),
      ]),
      [
        ["mysql", "alternating-users", "catalog/prod/articles", "catalog/prod/articles-admin"],
        ["mysql", "single-user", "catalog/prod/articles-admin", ""],
        ["documentdb", "single-user", "catalog/prod/search-index", ""],
        ["postgres", "alternating-users", "orders/prod/database", "orders/prod/database-admin"],
        ["postgres", "single-user", "orders/prod/database-admin", ""],
        ["redshift", "single-user", "reporting/prod/history", ""],
      ],
    );
    for (const { network: placed, keys, admins } of applications) {
      assert.deepEqual(placed.subnetIds, ["subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004"]);
      assert.ok(keys.length === 1 && admins.length <= 1);
    }
  });

  it("lets an administrator's login be read by every function that changes passwords with it", () => {
    const { secrets } = samplePlan();
    const roles = (name: string) =>
      secrets.find((one) => one.name === name)!.rotatorRoles.map((role) => role.split(":role/")[1]);
    assert.deepEqual(roles("payments/prod/ledger-admin"), ["platform/rotation-prod-postgres"]);
    assert.equal(roles("orders/prod/database-admin").length, 2);
    assert.equal(roles("orders/prod/database").length, 1);
  });

  it("rotates at once what the platform makes up, and waits for passwords that someone has to supply", () => {
    const { secrets } = samplePlan();
    const immediate = secrets.filter(
      ({ environment, rotation }) => environment === "prod" && rotation.immediately,
    );
    assert.deepEqual(
      immediate.map(({ name }) => name),
      [
        "notifications/prod/unsubscribe-key",
        "orders/prod/webhook-signing-key",
        "orders/prod/token-key",
        "payments/prod/card-vault",
      ],
    );
  });

  it("lets each network say whether its databases' logins demand TLS", () => {
    const login = (engine: DatabaseEngine) =>
      secret(`login-${engine}`, {
        rotation: {
          method: "database",
          ...{ engine, strategy: "single-user", hosted: "aws", schedule: everyMonth },
        },
        database: { prod: { host: "db.internal", port: 1234, name: "main", username: engine } },
      });
    const shapes = (tls?: TlsMode) => {
      const organised = organisation();
      const stacks = organised.stacks.map((stack) =>
        stack.kind === "security" ? { ...stack, rotationNetwork: { prod: { ...network, tls } } } : stack,
      );
      const logins = service("orders", { secrets: databaseEngines.map(login) });
      return buildPlan(catalogue(logins), { ...organised, stacks }).secrets.map(({ shape }) =>
        "ssl" in shape ? shape.ssl : "says nothing",
      );
    };
    const all = (ssl: boolean) =>
      databaseEngines.map((engine) => (engine === "redshift" ? "says nothing" : ssl));
    for (const tls of [undefined, "verify-full", "verify-ca", "require"] as const) {
      assert.deepEqual(shapes(tls), all(true), tls);
    }
    assert.deepEqual(shapes("disable"), all(false));
  });

  it("names the team's own function and role as they are", () => {
    const plan = buildPlan(
      catalogue(
        service("orders", { secrets: [secret("token", { rotation: ownRotation("teams/rotator") })] }),
      ),
      organisation(),
    );
    const [token] = plan.secrets;
    assert.equal(token?.rotation.functionArn, "arn:aws:lambda:eu-west-1:111111111111:function:rotate");
    assert.deepEqual(token?.rotatorRoles, ["arn:aws:iam::111111111111:role/teams/rotator"]);
    assert.deepEqual(
      [token?.rotation.rotator, plan.rotators, token?.rotation.schedule],
      [undefined, [], everyMonth],
    );
  });

  it("stops at what its callers have to rule out, naming it", () => {
    const withoutHolder = {
      ...organisation(),
      stacks: organisation().stacks.filter(({ name }) => name !== "security"),
    };
    assert.throws(() => buildPlan(catalogue(), withoutHolder), /no security stack holds staging/);
    const dangling = service("orders", {
      consumers: [lambda("api", [reads("orders", "nothing")])],
    });
    assert.throws(() => buildPlan(catalogue(dangling), organisation()), /no item orders\/nothing in prod/);
    assert.throws(
      () => buildPlan(catalogue(service("orders", { environments: ["test"] })), organisation()),
      /no workload stack for test/,
    );
  });
});
