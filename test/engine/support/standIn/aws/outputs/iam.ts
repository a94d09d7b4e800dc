import type { NewResource } from "../newResource";
import type { OutputTable } from "./table";

export const iam: OutputTable = {
  "aws:iam/role:Role": {
    id: (r) => r.text("name"),
    outputs: (r) => ({ arn: pathArn(r, "role"), createDate: r.createdAt(), uniqueId: uniqueId(r, "AROA") }),
  },
  "aws:iam/policy:Policy": {
    id: (r) => pathArn(r, "policy"),
    outputs: (r) => ({ arn: pathArn(r, "policy"), policyId: uniqueId(r, "ANPA"), attachmentCount: 0 }),
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    id: (r) => r.text("name"),
    outputs: (r) => ({
      arn: pathArn(r, "instance-profile"),
      createDate: r.createdAt(),
      uniqueId: uniqueId(r, "AIPA"),
    }),
  },
  "aws:iam/rolePolicy:RolePolicy": { id: (r) => `${r.text("role")}:${r.text("name")}` },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    id: (r) => `${r.text("role")}/${r.text("policyArn")}`,
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    id: (r) => r.globalArn("iam", `role/aws-service-role/${r.text("awsServiceName")}/${r.target.name}`),
    outputs: (r) => ({
      arn: r.globalArn("iam", `role/aws-service-role/${r.text("awsServiceName")}/${r.target.name}`),
      createDate: r.createdAt(),
      uniqueId: uniqueId(r, "AROA"),
    }),
  },
};

function pathArn(resource: NewResource, kind: string): string {
  return resource.globalArn("iam", `${kind}${resource.text("path") || "/"}${resource.text("name")}`);
}

function uniqueId(resource: NewResource, prefix: string): string {
  return `${prefix}${resource.alphanumeric(17).toUpperCase()}`;
}
