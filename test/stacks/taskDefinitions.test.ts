import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import { buildPlan } from "../../model/plan/build";
import { loadValid } from "../model/catalogue/support";
import { organisation } from "../model/plan/support/organisations";
import { ensureMoto } from "../support/moto/ensureMoto";
import { ofType } from "./support/built";

const manifest = `
service: orders
owner: orders-team@example.com
description: Takes and tracks customer orders
environments: [prod]
secrets:
  registry:
    description: Login of the registry
    rotation: { method: generated, every: 30 days }
    fields: [username, password]
parameters:
  level: { description: Verbosity, type: String, value: info }
consumers:
  plain: { kind: ecs, image: nginx }
  full:
    kind: ecs
    image: registry.example.com/web:1
    architecture: arm64
    ports: [80, 8125/udp]
    user: 101
    writable: { /tmp: 32 }
    command: [serve]
    healthCheck: { command: "curl -f http://localhost/", startPeriod: 10 seconds }
    stopTimeout: 2 minutes
    repositoryCredentials: registry
    variables: { NODE_ENV: production }
    environment: { LEVEL: level }
    containers:
      proxy: { image: nginx, port: 8443, environment: { LEVEL: level }, repositoryCredentials: registry }
`;

/** Reads requests as AWS's own client for Python would send them, and says what of each it would not send. */
const validator = `
import json, sys
import botocore.session
from botocore.validate import ParamValidator
model = botocore.session.get_session().get_service_model("ecs")
shape = model.operation_model("RegisterTaskDefinition").input_shape
print(json.dumps([ParamValidator().validate(request, shape).generate_report() for request in json.load(sys.stdin)]))
`;

async function reports(requests: readonly unknown[]): Promise<readonly string[]> {
  const python = await ensureMoto();
  const { stdout, stderr, status } = spawnSync(python, ["-c", validator], {
    input: JSON.stringify(requests),
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as string[];
}

describe("task definitions that manifests ask for", function () {
  this.timeout(240_000);

  it("are requests that AWS's own client sends, with a login that the execution role may read", async () => {
    const stacks = await buildStacks(buildPlan(loadValid({ orders: manifest }), organisation()), () => {});
    const requests = stacks
      .flatMap((stack) => ofType(stack, "aws:ecs/taskDefinition:TaskDefinition"))
      .map(({ inputs }) => {
        const { tags, containerDefinitions, skipDestroy, ...rest } = inputs;
        assert.ok(typeof tags === "object" && skipDestroy === false);
        return { ...rest, containerDefinitions: parse(String(containerDefinitions)) as unknown };
      });
    assert.equal(requests.length, 2);
    assert.deepEqual(await reports(requests), ["", ""]);
    const text = JSON.stringify(requests);
    assert.equal(
      text.match(/"credentialsParameter":"arn:aws:secretsmanager:[^"]*registry-\w{6}"/g)?.length,
      2,
    );
    const [policy] = stacks
      .flatMap((stack) => ofType(stack, "aws:iam/rolePolicy:RolePolicy"))
      .filter(({ name }) => name === "orders-prod-full-execution-policy");
    assert.match(JSON.stringify(policy?.inputs), /secret:orders\/prod\/registry-\?{6}/);
  });

  it("would be told apart from wrong ones", async () => {
    const [report] = await reports([
      { family: "x", containerDefinitions: [{ ports: "80", stopTimeout: "1" }] },
    ]);
    assert.match(String(report), /ports[^]*stopTimeout/);
  });
});
