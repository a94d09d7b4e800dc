import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  type KMSClient,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { recoveryDays } from "../standIn/aws/recoveryDays";
import type { AwsTarget } from "../standIn/aws/target";
import type { Properties } from "../standIn/properties";
import type { ResourceHandler } from "../standIn/resourceHandler";
import { number, text, unlessMissing, withOutputs } from "./inputs";
import { allTags, droppedTags, ownTags, type Tags } from "./tags";

export type KeysClient = (target: AwsTarget) => Promise<KMSClient>;

/** `aws:kms/key:Key` by the calls that the real provider makes, for symmetric keys of one region. */
export function keyHandler(client: KeysClient): ResourceHandler<AwsTarget> {
  return {
    async create(target, inputs) {
      if (inputs["multiRegion"] === true || inputs["customerMasterKeySpec"] !== "SYMMETRIC_DEFAULT") {
        throw new Error("the emulator's keys are symmetric and of one region");
      }
      const kms = await client(target);
      const { KeyMetadata: made } = await kms.send(
        new CreateKeyCommand({
          Description: text(inputs, "description"),
          Policy: text(inputs, "policy"),
          Tags: keyTags(allTags(target, inputs)),
        }),
      );
      const id = made?.KeyId ?? "";
      await rotate(kms, id, inputs);
      return { id, outputs: withOutputs(inputs, { keyId: id, arn: made?.Arn }) };
    },

    async read(target, id, { inputs }) {
      const kms = await client(target);
      const found = await describe(kms, id);
      if (found === undefined) return undefined;
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: id }));
      const { Tags: list = [] } = await kms.send(new ListResourceTagsCommand({ KeyId: id }));
      const tags = Object.fromEntries(list.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));
      const seen = {
        ...inputs,
        description: found.Description,
        policy: Policy,
        tags: ownTags(target, tags),
      };
      return { inputs: seen, outputs: withOutputs(seen, { keyId: id, arn: found.Arn }) };
    },

    async update(target, id, change) {
      const kms = await client(target);
      const { inputs } = change;
      await kms.send(
        new UpdateKeyDescriptionCommand({ KeyId: id, Description: text(inputs, "description") ?? "" }),
      );
      await kms.send(new PutKeyPolicyCommand({ KeyId: id, Policy: text(inputs, "policy") }));
      await rotate(kms, id, inputs);
      const dropped = droppedTags(target, change);
      if (dropped.length > 0) await kms.send(new UntagResourceCommand({ KeyId: id, TagKeys: dropped }));
      await kms.send(new TagResourceCommand({ KeyId: id, Tags: keyTags(allTags(target, inputs)) }));
      return withOutputs(inputs, { keyId: id, arn: change.old.outputs["arn"] });
    },

    async delete(target, id, state) {
      const kms = await client(target);
      if ((await describe(kms, id)) === undefined) return;
      await kms.send(
        new ScheduleKeyDeletionCommand({ KeyId: id, PendingWindowInDays: recoveryDays(target.type, state) }),
      );
    },
  };
}

/** `aws:kms/alias:Alias` by the calls that the real provider makes. */
export function aliasHandler(client: KeysClient): ResourceHandler<AwsTarget> {
  const describeTarget = async (target: AwsTarget, id: string) => describe(await client(target), id);
  return {
    async create(target, inputs) {
      const name = text(inputs, "name") ?? "";
      const key = text(inputs, "targetKeyId") ?? "";
      await (await client(target)).send(new CreateAliasCommand({ AliasName: name, TargetKeyId: key }));
      return { id: name, outputs: aliasOutputs(target, name, inputs) };
    },

    async read(target, id, { inputs }) {
      const key = await describeTarget(target, id);
      if (key === undefined) return undefined;
      const seen = { ...inputs, name: id, targetKeyId: key.KeyId };
      return { inputs: seen, outputs: aliasOutputs(target, id, seen) };
    },

    async update(target, id, { inputs }) {
      const kms = await client(target);
      await kms.send(new UpdateAliasCommand({ AliasName: id, TargetKeyId: text(inputs, "targetKeyId") }));
      return aliasOutputs(target, id, inputs);
    },

    async delete(target, id) {
      const kms = await client(target);
      await unlessMissing(["NotFoundException"], () => kms.send(new DeleteAliasCommand({ AliasName: id })));
    },
  };
}

/** Undefined for a key that is not there or waits for its end, which the real provider takes for the same. */
async function describe(kms: KMSClient, id: string) {
  const found = await unlessMissing(["NotFoundException"], () =>
    kms.send(new DescribeKeyCommand({ KeyId: id })),
  );
  return found?.KeyMetadata?.KeyState === "PendingDeletion" ? undefined : found?.KeyMetadata;
}

async function rotate(kms: KMSClient, id: string, inputs: Properties): Promise<void> {
  if (inputs["enableKeyRotation"] !== true) return;
  const days = number(inputs, "rotationPeriodInDays");
  await kms.send(new EnableKeyRotationCommand({ KeyId: id, RotationPeriodInDays: days }));
}

function aliasOutputs(
  { partition, region, account }: AwsTarget,
  name: string,
  inputs: Properties,
): Properties {
  const key = text(inputs, "targetKeyId") ?? "";
  const place = `arn:${partition}:kms:${region}:${account}`;
  return withOutputs(inputs, {
    arn: `${place}:${name}`,
    targetKeyArn: key.startsWith("arn:") ? key : `${place}:key/${key}`,
  });
}

function keyTags(tags: Tags): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}
