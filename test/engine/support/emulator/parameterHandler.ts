import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  type ParameterTier,
  type ParameterType,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { AwsTarget } from "../standIn/aws/target";
import type { Properties } from "../standIn/properties";
import type { ResourceHandler } from "../standIn/resourceHandler";
import { text, unlessMissing, withOutputs } from "./inputs";
import { allTags, droppedTags, ownTags, tagList, tagsOf } from "./tags";

const ResourceType = "Parameter";

/** `aws:ssm/parameter:Parameter` by the calls that the real provider makes; SecureStrings are the plugin's affair. */
export function parameterHandler(
  client: (target: AwsTarget) => Promise<SSMClient>,
): ResourceHandler<AwsTarget> {
  return {
    async create(target, inputs) {
      const ssm = await client(target);
      const name = text(inputs, "name") ?? "";
      const { Version } = await ssm.send(
        new PutParameterCommand({ ...settings(inputs), Tags: tagList(allTags(target, inputs)) }),
      );
      return { id: name, outputs: outputs(target, inputs, Version) };
    },

    async read(target, id, { inputs }) {
      const ssm = await client(target);
      const found = await unlessMissing(["ParameterNotFound"], () =>
        ssm.send(new GetParameterCommand({ Name: id })),
      );
      if (found?.Parameter === undefined) return undefined;
      const { Value, Type, Version } = found.Parameter;
      const [described] = await describe(ssm, id);
      const { TagList } = await ssm.send(new ListTagsForResourceCommand({ ResourceType, ResourceId: id }));
      const seen = {
        ...inputs,
        name: id,
        type: Type,
        insecureValue: Value,
        tier: described?.Tier,
        description: described?.Description,
        tags: ownTags(target, tagsOf(TagList)),
      };
      return { inputs: seen, outputs: outputs(target, seen, Version) };
    },

    async update(target, id, change) {
      const ssm = await client(target);
      const { inputs } = change;
      const { Version } = await ssm.send(new PutParameterCommand({ ...settings(inputs), Overwrite: true }));
      const dropped = droppedTags(target, change);
      if (dropped.length > 0) {
        await ssm.send(new RemoveTagsFromResourceCommand({ ResourceType, ResourceId: id, TagKeys: dropped }));
      }
      const Tags = tagList(allTags(target, inputs));
      await ssm.send(new AddTagsToResourceCommand({ ResourceType, ResourceId: id, Tags }));
      return outputs(target, inputs, Version);
    },

    async delete(target, id) {
      const ssm = await client(target);
      await unlessMissing(["ParameterNotFound"], () => ssm.send(new DeleteParameterCommand({ Name: id })));
    },
  };
}

async function describe(ssm: SSMClient, name: string) {
  const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: [name] }];
  return (await ssm.send(new DescribeParametersCommand({ ParameterFilters }))).Parameters ?? [];
}

function settings(inputs: Properties) {
  if (inputs["type"] === "SecureString") throw new Error("no SecureString is to pass through the provider");
  return {
    Name: text(inputs, "name"),
    Type: text(inputs, "type") as ParameterType,
    Value: text(inputs, "insecureValue"),
    Tier: text(inputs, "tier") as ParameterTier | undefined,
    Description: text(inputs, "description"),
  };
}

function outputs(target: AwsTarget, inputs: Properties, version: number | undefined): Properties {
  const { partition, region, account } = target;
  const name = (text(inputs, "name") ?? "").replace(/^\//, "");
  return withOutputs(inputs, {
    arn: `arn:${partition}:ssm:${region}:${account}:parameter/${name}`,
    dataType: inputs["dataType"] ?? "text",
    tier: inputs["tier"] ?? "Standard",
    version,
    hasValueWo: false,
  });
}
