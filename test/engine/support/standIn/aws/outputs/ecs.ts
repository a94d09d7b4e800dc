import type { NewResource } from "../newResource";
import type { OutputTable } from "./table";

export const ecs: OutputTable = {
  "aws:ecs/taskDefinition:TaskDefinition": {
    id: (r) => r.text("family"),
    outputs: (r) => {
      const family = r.arn("ecs", `task-definition/${r.text("family")}`);
      return { arn: `${family}:${r.serial}`, arnWithoutRevision: family, revision: r.serial };
    },
  },
  "aws:ecs/cluster:Cluster": {
    id: (r) => r.arn("ecs", `cluster/${r.text("name")}`),
    outputs: (r) => ({ arn: r.arn("ecs", `cluster/${r.text("name")}`) }),
  },
  "aws:ecs/service:Service": {
    id: (r) => serviceArn(r),
    outputs: (r) => ({ arn: serviceArn(r) }),
  },
};

function serviceArn(resource: NewResource): string {
  const cluster = resource.text("cluster").split("/").at(-1) || "default";
  return resource.arn("ecs", `service/${cluster}/${resource.text("name")}`);
}
