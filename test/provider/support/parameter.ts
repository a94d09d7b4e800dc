import {
  DescribeParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { parameterPolicies } from "../../../model/values/parameterPolicies";
import type { Properties } from "../../../provider/protocol/properties";
import { type Cloud, keyArn, urn } from "./cloud";

/** The parameter of the tests. */
export const parameterUrn = urn("ExpiringParameter", "orders-prod-partner-token");
export const name = "/orders/prod/partner-token";
export const wanted = {
  name,
  description: "Token the shipping partner gave us",
  keyId: keyArn,
  expires: { never: false, afterDays: 90, warnDays: 14 },
  tags: { owner: "orders-team@example.com" },
} as const;
export const dayMs = 24 * 60 * 60 * 1000;

/** What AWS holds of it, its value included. */
export async function stored(cloud: Cloud) {
  const { Parameter: parameter } = await cloud.ssm.send(
    new GetParameterCommand({ Name: name, WithDecryption: true }),
  );
  const { Parameters: [metadata] = [] } = await cloud.ssm.send(
    new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Values: [name] }] }),
  );
  const { TagList: tags } = await cloud.ssm.send(
    new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name }),
  );
  return {
    value: parameter?.Value,
    version: parameter?.Version,
    metadata,
    tags: Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value])) as Record<string, string>,
  };
}

/** As `platform set` does: the value together with everything AWS takes only with one. */
export async function set(cloud: Cloud, value: string, settings: Properties = {}): Promise<void> {
  const { name: target, description, keyId, expires } = { ...wanted, ...settings } as typeof wanted;
  await cloud.ssm.send(
    new PutParameterCommand({
      Name: target,
      Value: value,
      Type: "SecureString",
      Tier: "Advanced",
      Overwrite: true,
      Description: description,
      KeyId: keyId,
      Policies: parameterPolicies(expires, new Date()),
    }),
  );
}
