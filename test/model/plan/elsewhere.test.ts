import assert from "node:assert/strict";
import { consumersOf } from "../../../model/changes/ofPlan/consumers";
import { roleServiceNames } from "../../../model/aws/roleServices";
import { buildPlan } from "../../../model/plan/build";
import { namedElsewhere } from "../../../model/plan/namedElsewhere";
import { loadValid, orders } from "../catalogue/support";
import { organisation } from "./support/organisations";

const issuer = (id: string) => `oidc.eks.eu-west-1.amazonaws.com/id/${id}`;

function planned(consumers: string) {
  return buildPlan(loadValid({ orders: orders(`consumers:\n${consumers}`) }), organisation());
}

describe("consumers that run outside the platform's network", () => {
  it("have roles of a path that says so", () => {
    const { consumers } = planned(`
  pods: { kind: eks, namespace: shop, serviceAccount: orders }
  proxy: { kind: role, service: rds }
  function: { kind: lambda }`);
    assert.deepEqual(
      consumers.filter(({ environment }) => environment === "prod").map(({ role }) => role.arn),
      [
        "arn:aws:iam::333333333333:role/services/orders/_elsewhere/orders-prod-pods",
        "arn:aws:iam::333333333333:role/services/orders/_elsewhere/orders-prod-proxy",
        "arn:aws:iam::333333333333:role/services/orders/orders-prod-function",
      ],
    );
  });

  it("say in each environment which pods they are", () => {
    const { consumers } = planned(`
  pods:
    kind: eks
    namespace: { staging: shop-staging, prod: shop }
    serviceAccount: orders
    cluster: { staging: test, prod: main }
  tokens:
    kind: eks
    namespace: shop
    serviceAccount: tokens
    oidcProvider: { staging: ${issuer("AAAAAAAA")}, prod: ${issuer("BBBBBBBB")} }`);
    const pods = Object.fromEntries(consumers.map(({ name, role }) => [name, role.pods]));
    assert.deepEqual(pods, {
      "orders-staging-pods": { namespace: "shop-staging", serviceAccount: "orders", cluster: "test" },
      "orders-prod-pods": { namespace: "shop", serviceAccount: "orders", cluster: "main" },
      "orders-staging-tokens": {
        namespace: "shop",
        serviceAccount: "tokens",
        oidcProvider: issuer("AAAAAAAA"),
      },
      "orders-prod-tokens": { namespace: "shop", serviceAccount: "tokens", oidcProvider: issuer("BBBBBBBB") },
    });
  });

  it("say which service assumes the role, each of the list", () => {
    const names = roleServiceNames.map((name) => `  for-${name}: { kind: role, service: ${name} }`);
    const { consumers } = planned(names.join("\n"));
    assert.deepEqual(
      new Set(consumers.map(({ consumer, role }) => `${consumer} ${role.by}`)),
      new Set(roleServiceNames.map((name) => `for-${name} ${name}`)),
    );
  });

  it("are told in a change by who may assume their roles", () => {
    const plan = planned(`
  pods: { kind: eks, namespace: shop, serviceAccount: orders, cluster: main }
  tokens: { kind: eks, namespace: shop, serviceAccount: tokens, oidcProvider: ${issuer("AAAAAAAA")} }
  proxy: { kind: role, service: rds }`);
    const told = consumersOf(plan)
      .filter(({ kind, name }) => kind === "role" && name.includes("-prod-"))
      .map(({ facts }) => facts["what may assume it"]);
    assert.deepEqual(told, [
      { value: "pods of EKS as shop/orders, cluster main", wider: "any" },
      { value: `pods of EKS as shop/tokens, by tokens of ${issuer("AAAAAAAA")}`, wider: "any" },
      { value: "RDS Proxy", wider: "any" },
    ]);
  });

  it("are listed where their pods are in a namespace that is not called as the service is", () => {
    const plan = planned(`
  own: { kind: eks, namespace: orders, serviceAccount: api }
  other: { kind: eks, namespace: shop, serviceAccount: api }`);
    assert.deepEqual(
      namedElsewhere(plan).map(({ environment, what, name }) => `${environment}: ${what} ${name}`),
      ["staging: service account of EKS shop/api", "prod: service account of EKS shop/api"],
    );
  });
});
