import assert from "node:assert/strict";
import { loadPlan } from "../../../model/load";
import { referencesDocument, referencesText } from "../../../model/references/document";
import { plannedArn } from "../../../model/references/reference";
import { organisationRoot } from "../../support/organisation";

const { plan } = loadPlan({ root: organisationRoot });
const consumer = plan!.consumers.find(({ variables }) => Object.keys(variables).length > 0)!;

describe("the text that says where a consumer's values are", () => {
  for (const plain of ["{{ name }}", "{{{{", "}}}", "{{resolve:ssm:x}}", '{"a":{"b":{}}}', "a\\{{b"]) {
    it(`has no double braces, which Parameter Store refuses, and says ${plain} all the same`, () => {
      const of = { ...consumer, variables: { TEXT: plain } };
      const text = referencesText(of, plannedArn);
      assert.doesNotMatch(text, /\{\{|\}\}/);
      assert.deepEqual(JSON.parse(text), referencesDocument(of, plannedArn));
    });
  }

  it("tells the login of a registry, where the team deploys the task itself", () => {
    const secrets = {
      registry: {
        description: "Login",
        rotation: { method: "generated", every: "30 days" },
        fields: ["username", "password"],
      },
    };
    const consumers = {
      web: { kind: "ecs", repositoryCredentials: "registry" },
      built: { kind: "ecs", repositoryCredentials: "registry", image: "registry.example.com/web:1" },
    };
    const orders = {
      service: "orders",
      owner: "orders-team@example.com",
      description: "Takes orders",
      environments: ["prod"],
      ...{ secrets, consumers },
    };
    const { plan: other } = loadPlan({
      root: organisationRoot,
      manifests: { "orders.yaml": JSON.stringify(orders) },
    });
    const said = other!.consumers.map((one) => referencesDocument(one, plannedArn).repositoryCredentials);
    const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/registry-??????";
    assert.deepEqual(said, [{ credentialsParameter: arn }, undefined]);
  });

  it("has none for any consumer of the samples", () => {
    for (const each of plan!.consumers)
      assert.deepEqual(JSON.parse(referencesText(each, plannedArn)), referencesDocument(each, plannedArn));
  });
});
