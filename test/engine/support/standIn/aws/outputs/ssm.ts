import type { NewResource } from "../newResource";
import type { OutputTable } from "./table";

export const ssm: OutputTable = {
  "aws:ssm/parameter:Parameter": {
    id: (r) => r.text("name"),
    outputs: (r) => ({
      arn: parameterArn(r),
      dataType: r.inputs["dataType"] ?? "text",
      tier: r.inputs["tier"] ?? "Standard",
      version: 1,
      hasValueWo: r.inputs["valueWo"] !== undefined,
    }),
    volatile: ["version"],
    afterUpdate: (old) => ({ version: Number(old["version"] ?? 0) + 1 }),
  },
};

function parameterArn(resource: NewResource): string {
  // The slash that begins a hierarchical name is the one after `parameter`.
  return resource.arn("ssm", `parameter/${resource.text("name").replace(/^\//, "")}`);
}
