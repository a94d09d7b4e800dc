import type { NewResource } from "../newResource";
import { settingOf, type OutputTable } from "./table";

export const kms: OutputTable = {
  "aws:kms/key:Key": {
    id: keyId,
    outputs: (r) => ({ keyId: keyId(r), arn: r.arn("kms", `key/${keyId(r)}`) }),
  },
  "aws:kms/replicaKey:ReplicaKey": {
    id: (r) => r.text("primaryKeyArn").split("/").at(-1) ?? "",
    outputs: (r) => {
      const id = r.text("primaryKeyArn").split("/").at(-1) ?? "";
      return {
        keyId: id,
        arn: r.arn("kms", `key/${id}`),
        keyRotationEnabled: true,
        keySpec: "SYMMETRIC_DEFAULT",
        keyUsage: "ENCRYPT_DECRYPT",
      };
    },
  },
  "aws:kms/alias:Alias": {
    id: (r) => r.text("name"),
    outputs: (r) => {
      const target = r.text("targetKeyId");
      return {
        arn: r.arn("kms", r.text("name")),
        targetKeyArn: target.startsWith("arn:") ? target : r.arn("kms", `key/${target}`),
      };
    },
  },
  "aws:kms/keyPolicy:KeyPolicy": settingOf("keyId"),
  "aws:kms/grant:Grant": {
    id: (r) => `${r.text("keyId")}:${r.hex(64)}`,
    outputs: (r) => ({ grantId: r.hex(64), grantToken: r.alphanumeric(40) }),
  },
};

function keyId(resource: NewResource): string {
  // Multi-Region keys have an id of their own form.
  return resource.inputs["multiRegion"] === true ? `mrk-${resource.hex(32)}` : resource.uuid();
}
