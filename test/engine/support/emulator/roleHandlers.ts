import type { AwsTarget } from "../standIn/aws/target";
import type { Properties } from "../standIn/properties";
import type { ResourceHandler } from "../standIn/resourceHandler";
import { type IamAnswer, type IamCall, memberTags } from "./iamApi";
import { text, unlessMissing, withOutputs } from "./inputs";
import { allTags, droppedTags } from "./tags";

export type IamClient = (target: AwsTarget) => Promise<IamCall>;

const missing = ["NoSuchEntity"];

/** `aws:iam/role:Role` by the calls that the real provider makes; policies are resources of their own. */
export function roleHandler(client: IamClient): ResourceHandler<AwsTarget> {
  return {
    async create(target, inputs) {
      if (inputs["inlinePolicies"] !== undefined || inputs["managedPolicyArns"] !== undefined) {
        throw new Error("the emulator's roles have their policies as resources of their own");
      }
      const iam = await client(target);
      const name = text(inputs, "name") ?? "";
      const made = await iam("CreateRole", {
        RoleName: name,
        Path: text(inputs, "path"),
        AssumeRolePolicyDocument: text(inputs, "assumeRolePolicy"),
        PermissionsBoundary: text(inputs, "permissionsBoundary"),
        ...described(inputs),
        ...memberTags(allTags(target, inputs)),
      });
      return { id: name, outputs: roleOutputs(inputs, made) };
    },

    async read(target, id, { inputs }) {
      const iam = await client(target);
      const found = await unlessMissing(missing, () => iam("GetRole", { RoleName: id }));
      if (found === undefined) return undefined;
      const boundary = found("PermissionsBoundaryArn");
      const seen = {
        ...inputs,
        name: id,
        path: found("Path"),
        assumeRolePolicy: decodeURIComponent(found("AssumeRolePolicyDocument") ?? ""),
        ...(boundary !== undefined && { permissionsBoundary: boundary }),
        ...(inputs["description"] !== undefined && { description: found("Description") }),
        maxSessionDuration: Number(found("MaxSessionDuration")),
      };
      return { inputs: seen, outputs: roleOutputs(seen, found) };
    },

    async update(target, id, change) {
      const iam = await client(target);
      const RoleName = id;
      const { inputs, old } = change;
      const PolicyDocument = text(inputs, "assumeRolePolicy");
      await iam("UpdateAssumeRolePolicy", { RoleName, PolicyDocument });
      await iam("UpdateRole", { RoleName, ...described(inputs) });
      const PermissionsBoundary = text(inputs, "permissionsBoundary");
      if (PermissionsBoundary !== undefined) {
        await iam("PutRolePermissionsBoundary", { RoleName, PermissionsBoundary });
      } else if (text(old.inputs, "permissionsBoundary") !== undefined) {
        await iam("DeleteRolePermissionsBoundary", { RoleName });
      }
      const dropped = droppedTags(target, change).map((key, index) => [`TagKeys.member.${index + 1}`, key]);
      if (dropped.length > 0) {
        await iam("UntagRole", { RoleName, ...(Object.fromEntries(dropped) as Record<string, string>) });
      }
      await iam("TagRole", { RoleName, ...memberTags(allTags(target, inputs)) });
      return roleOutputs(inputs, await iam("GetRole", { RoleName }));
    },

    async delete(target, id) {
      const iam = await client(target);
      await unlessMissing(missing, () => iam("DeleteRole", { RoleName: id }));
    },
  };
}

/** `aws:iam/rolePolicy:RolePolicy` by the calls that the real provider makes. */
export function rolePolicyHandler(client: IamClient): ResourceHandler<AwsTarget> {
  const put = async (target: AwsTarget, inputs: Properties) => {
    const iam = await client(target);
    await iam("PutRolePolicy", { ...names(inputs), PolicyDocument: text(inputs, "policy") });
    return withOutputs(inputs, {});
  };
  return {
    async create(target, inputs) {
      const { RoleName, PolicyName } = names(inputs);
      return { id: `${RoleName}:${PolicyName}`, outputs: await put(target, inputs) };
    },

    async read(target, _id, { inputs }) {
      const iam = await client(target);
      const found = await unlessMissing(missing, () => iam("GetRolePolicy", names(inputs)));
      if (found === undefined) return undefined;
      const seen = { ...inputs, policy: decodeURIComponent(found("PolicyDocument") ?? "") };
      return { inputs: seen, outputs: withOutputs(seen, {}) };
    },

    update: (target, _id, { inputs }) => put(target, inputs),

    async delete(target, _id, { inputs }) {
      const iam = await client(target);
      await unlessMissing(missing, () => iam("DeleteRolePolicy", names(inputs)));
    },
  };
}

function described(inputs: Properties) {
  const seconds = inputs["maxSessionDuration"];
  return {
    Description: text(inputs, "description"),
    MaxSessionDuration: typeof seconds === "number" ? String(seconds) : undefined,
  };
}

function names(inputs: Properties) {
  return { RoleName: text(inputs, "role"), PolicyName: text(inputs, "name") };
}

function roleOutputs(inputs: Properties, found: IamAnswer): Properties {
  return withOutputs(inputs, {
    arn: found("Arn"),
    createDate: found("CreateDate"),
    uniqueId: found("RoleId"),
  });
}
