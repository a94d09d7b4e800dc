import { spawnSync } from "node:child_process";
import assert from "node:assert/strict";
import type { CheckedStacks } from "../../../cli/check/check";
import { ensureMoto } from "../../support/moto/ensureMoto";
import { ofType } from "../../stacks/support/built";

/** A task definition as `RegisterTaskDefinition` takes it. */
export interface TaskRequest {
  readonly family: string;
  readonly containerDefinitions: readonly ContainerRequest[];
}

export interface ContainerRequest {
  readonly name: string;
  readonly essential: boolean;
  readonly user: string;
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
  readonly portMappings?: readonly { readonly containerPort: number }[];
  readonly linuxParameters: { readonly tmpfs?: readonly { readonly containerPath: string }[] };
  readonly healthCheck?: object;
  readonly dependsOn?: readonly { readonly containerName: string; readonly condition: string }[];
}

/** Every task definition of the workload stacks, by its family. */
export function taskRequests({ stacks }: CheckedStacks): ReadonlyMap<string, TaskRequest> {
  return new Map(
    stacks
      .flatMap((stack) => ofType(stack, "aws:ecs/taskDefinition:TaskDefinition"))
      .map(({ inputs }) => {
        const { tags, containerDefinitions, skipDestroy, ...rest } = inputs;
        assert.ok(typeof tags === "object" && skipDestroy === false);
        const containers = JSON.parse(String(containerDefinitions)) as readonly ContainerRequest[];
        return [
          String(rest["family"]),
          { ...rest, family: String(rest["family"]), containerDefinitions: containers },
        ];
      }),
  );
}

const validator = [
  "import json, sys, botocore.session, botocore.validate",
  "shape = botocore.session.get_session().get_service_model('ecs').operation_model('RegisterTaskDefinition').input_shape",
  "report = lambda one: botocore.validate.ParamValidator().validate(one, shape).generate_report()",
  "print(json.dumps([report(one) for one in json.load(sys.stdin)]))",
].join("\n");

/** What AWS's own client for Python would refuse of each request, by its model of the API; empty where nothing. */
export async function refusals(requests: readonly unknown[]): Promise<readonly string[]> {
  const python = await ensureMoto();
  const input = JSON.stringify(requests);
  const { stdout, stderr, status } = spawnSync(python, ["-c", validator], { input, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as string[];
}
