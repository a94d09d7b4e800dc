import type { NewResource } from "../newResource";
import type { OutputTable } from "./table";

/** CodeBuild, RAM, the Serverless Application Repository, EventBridge Scheduler. */
export const deployment: OutputTable = {
  "aws:codebuild/project:Project": {
    id: (r) => r.arn("codebuild", `project/${r.text("name")}`),
    outputs: (r) => ({
      arn: r.arn("codebuild", `project/${r.text("name")}`),
      badgeUrl: "",
      publicProjectAlias: "",
    }),
  },
  "aws:ram/resourceShare:ResourceShare": {
    id: shareArn,
    outputs: (r) => ({ arn: shareArn(r) }),
  },
  "aws:ram/resourceAssociation:ResourceAssociation": {
    id: (r) => `${r.text("resourceShareArn")},${r.text("resourceArn")}`,
  },
  "aws:ram/principalAssociation:PrincipalAssociation": {
    id: (r) => `${r.text("resourceShareArn")},${r.text("principal")}`,
  },
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": {
    id: (r) => r.arn("cloudformation", `stack/serverlessrepo-${r.text("name")}/${r.uuid()}`),
    outputs: (r) => ({
      outputs: applicationOutputs(r),
      semanticVersion: r.inputs["semanticVersion"] ?? "1.1.608",
    }),
  },
  "aws:scheduler/schedule:Schedule": {
    id: (r) => `${scheduleGroup(r)}/${r.text("name")}`,
    outputs: (r) => ({
      arn: r.arn("scheduler", `schedule/${scheduleGroup(r)}/${r.text("name")}`),
      groupName: scheduleGroup(r),
    }),
  },
};

function shareArn(resource: NewResource): string {
  return resource.arn("ram", `resource-share/${resource.uuid()}`);
}

/** AWS's rotation applications name their function by a parameter and export its ARN. */
function applicationOutputs(resource: NewResource): Record<string, string> {
  const parameters = resource.inputs["parameters"];
  const name = (parameters as Record<string, unknown> | undefined)?.["functionName"];
  if (typeof name !== "string") return {};
  return { RotationLambdaARN: resource.arn("lambda", `function:${name}`) };
}

function scheduleGroup(resource: NewResource): string {
  return resource.text("groupName") || "default";
}
