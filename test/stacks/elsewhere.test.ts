import assert from "node:assert/strict";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { roleServiceNames } from "../../model/aws/roleServices";
import { podTrust } from "../../model/documents/podTrust";
import { policyText } from "../../model/documents/policy";
import { roleServiceTrust } from "../../model/documents/roleServiceTrust";
import { buildPlan } from "../../model/plan/build";
import type { Plan } from "../../model/plan/types";
import { proveAccess } from "../../model/proof/proof";
import { loadValid, orders } from "../model/catalogue/support";
import { organisation } from "../model/plan/support/organisations";
import { judged } from "../policies/support/judged";
import { ofType } from "./support/built";

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const place = { partition: "aws", region: "eu-west-1", account: "333333333333" } as const;

const manifest = orders(`
secrets:
  key: { description: Signs what we send, rotation: { method: generated, every: 30 days } }
parameters:
  level: { description: Verbosity, type: String, value: info }
consumers:
  pods: { kind: eks, namespace: shop, serviceAccount: orders, cluster: { staging: test, prod: main }, reads: [key, level] }
  anywhere: { kind: eks, namespace: shop, serviceAccount: anywhere, reads: [key] }
  tokens: { kind: eks, namespace: shop, serviceAccount: tokens, oidcProvider: ${issuer}, reads: [key] }
${roleServiceNames.map((name) => `  for-${name}: { kind: role, service: ${name}, reads: [key, level] }`).join("\n")}`);

describe("consumers whose compute is their teams' own, in the stacks", function () {
  this.timeout(480_000);
  let plan: Plan;
  let stacks: readonly BuiltStack[];
  let prod: BuiltStack;

  before(async () => {
    plan = buildPlan(loadValid({ orders: manifest }), organisation());
    stacks = await buildStacks(plan, () => {});
    prod = stacks.find(({ stack }) => stack === "prod")!;
  });

  const trustOf = (consumer: string) => {
    const found = ofType(prod, "aws:iam/role:Role").find(
      ({ inputs }) => inputs["name"] === `orders-prod-${consumer}`,
    );
    return found?.inputs["assumeRolePolicy"];
  };

  it("get an association in the cluster that they name, and none otherwise", () => {
    const associations = ofType(prod, "aws:eks/podIdentityAssociation:PodIdentityAssociation");
    assert.deepEqual(
      associations.map(({ inputs }) => [
        inputs["clusterName"],
        inputs["namespace"],
        inputs["serviceAccount"],
        inputs["roleArn"],
        inputs["disableSessionTags"],
      ]),
      [
        [
          "main",
          "shop",
          "orders",
          "arn:aws:iam::333333333333:role/services/orders/_elsewhere/orders-prod-pods",
          false,
        ],
      ],
    );
  });

  it("have roles that only their own pods may take on", () => {
    const names = { namespace: "shop" };
    for (const [consumer, pods] of [
      ["pods", { ...names, serviceAccount: "orders", cluster: "main" }],
      ["anywhere", { ...names, serviceAccount: "anywhere" }],
      ["tokens", { ...names, serviceAccount: "tokens", oidcProvider: issuer }],
    ] as const)
      assert.equal(trustOf(consumer), policyText(podTrust(pods, place)));
  });

  for (const name of roleServiceNames)
    it(`have a role that only ${name} may take on`, () => {
      assert.equal(trustOf(`for-${name}`), policyText(roleServiceTrust(name, place)));
    });

  it("have a profile where instances run as the role, and only there", () => {
    const profiles = ofType(prod, "aws:iam/instanceProfile:InstanceProfile");
    assert.deepEqual(
      profiles.map(({ inputs }) => [inputs["name"], inputs["path"], inputs["role"]]),
      [["orders-prod-for-ec2", "/services/orders/_elsewhere/", "orders-prod-for-ec2"]],
    );
  });

  it("read what they were granted and nothing else, with nothing for the pack to refuse", () => {
    const { unexpected, weakened, openers } = proveAccess(plan, stacks);
    assert.deepEqual([unexpected, weakened, openers], [[], [], []]);
    const refused = judged(plan, stacks)
      .flat()
      .filter(({ level }) => level === "mandatory");
    assert.deepEqual(refused, []);
  });

  it("are refused by the pack where a trust is made weaker", () => {
    const weaker = (change: (trust: string) => string) =>
      stacks.map((stack) => ({
        ...stack,
        resources: stack.resources.map((resource) =>
          resource.type === "aws:iam/role:Role"
            ? {
                ...resource,
                inputs: {
                  ...resource.inputs,
                  assumeRolePolicy: change(String(resource.inputs["assumeRolePolicy"])),
                },
              }
            : resource,
        ),
      }));
    const idsOf = (change: (trust: string) => string) =>
      new Set(
        judged(plan, weaker(change))
          .flat()
          .filter(({ level }) => level === "mandatory")
          .map(({ policy }) => policy),
      );
    for (const [what, change, rule] of [
      [
        "a namespace",
        (trust: string) => trust.replace('"aws:RequestTag/kubernetes-namespace":"shop",', ""),
        "trust-pods",
      ],
      ["a cluster", (trust: string) => trust.replace(/arn:aws:eks:[^"]*/, "*"), "trust-pods"],
      ["a subject", (trust: string) => trust.replace(/,"[^"]*:sub":"[^"]*"/, ""), "trust-oidc"],
      [
        "an account",
        (trust: string) => trust.replace(/"Condition":.*?\}\}/, '"Condition":{}'),
        "trust-deputy",
      ],
    ] as const)
      assert.ok(idsOf(change).has(rule), what);
  });
});
