import assert from "node:assert/strict";
import type { Secret } from "../../../model/catalogue/types";
import { buildPlan } from "../../../model/plan/build";
import type { HostedRotatorPlan } from "../../../model/plan/types";
import { catalogue, everyMonth, reads, secret, service } from "./support/catalogues";
import { organisation } from "./support/organisations";

/** A login that one of AWS's own applications rotates, by the administrator's login of a service where one is named. */
function login(name: string, admin?: readonly [service: string, item: string]): Secret {
  return secret(name, {
    rotation: {
      method: "database",
      engine: "postgres",
      strategy: admin === undefined ? "single-user" : "alternating-users",
      hosted: "aws",
      schedule: everyMonth,
      ...(admin && { admin: reads(admin[0], admin[1]) }),
    },
    database: { prod: { host: "db.internal", port: 5432, name: "main", username: name } },
  });
}

type Made = readonly [name: string, ownKey: boolean, ...secrets: readonly Secret[]];

function applicationsOf(...made: readonly Made[]): readonly HostedRotatorPlan[] {
  const services = made.map(([name, ownKey, ...secrets]) => service(name, { ownKey, secrets }));
  const { rotators } = buildPlan(catalogue(...services), organisation());
  return rotators.flatMap((rotator) => (rotator.hosted === "aws" ? [rotator] : []));
}

/** `secrets under their key, by administrators under theirs`, sorted. */
function shape(applications: readonly HostedRotatorPlan[]): readonly string[] {
  return applications
    .map(({ secrets, secretsKey, admins, adminKey }) =>
      [secrets.join("+"), secretsKey.alias, admins.join("+"), adminKey?.alias ?? ""].join(" ").trim(),
    )
    .sort();
}

/** AWS's application takes one key for the secrets and one for the administrator's. */
describe("hosted rotation applications and keys", () => {
  it("are one for services under the environment's key, and one for each key of a service's own", () => {
    const applications = applicationsOf(
      ["billing", true, login("a")],
      ["orders", true, login("b"), login("c")],
      ["shop", false, login("d")],
      ["stock", false, login("e")],
    );
    assert.deepEqual(shape(applications), [
      "billing/prod/a alias/prod/billing",
      "orders/prod/b+orders/prod/c alias/prod/orders",
      "shop/prod/d+stock/prod/e alias/prod/configuration",
    ]);
    for (const name of ["functionName", "stackName", "role"] as const) {
      assert.equal(new Set(applications.map((one) => one[name])).size, 3, name);
    }
  });

  for (const adminHasOwn of [false, true]) {
    it(`with one administrator ${adminHasOwn ? "under a key of its own" : "under the environment's key"}`, () => {
      const admin = ["databases", "root"] as const;
      const applications = applicationsOf(
        ["billing", true, login("a", admin)],
        ["databases", adminHasOwn, login("root"), login("z", admin)],
        ["orders", true, login("b", admin)],
        ["shop", false, login("d", admin)],
        ["stock", false, login("e", admin)],
      );
      const key = adminHasOwn ? "alias/prod/databases" : "alias/prod/configuration";
      const by = `databases/prod/root ${key}`;
      const shared = "shop/prod/d+stock/prod/e";
      assert.deepEqual(shape(applications), [
        `billing/prod/a alias/prod/billing ${by}`,
        ...(adminHasOwn
          ? [`databases/prod/root ${key}`, `databases/prod/z ${key} ${by}`]
          : [`databases/prod/root ${key}`, `databases/prod/z+${shared} ${key} ${by}`]),
        `orders/prod/b alias/prod/orders ${by}`,
        ...(adminHasOwn ? [`${shared} alias/prod/configuration ${by}`] : []),
      ]);
    });
  }
});
