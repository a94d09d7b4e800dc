import type { Properties } from "../properties";
import { domainOf, type Identity } from "./identity";

type Invoke = (identity: Identity, args: Properties) => Properties;

const zones = ["a", "b", "c", "d"];

const invokes: Record<string, Invoke> = {
  "aws:index/getCallerIdentity:getCallerIdentity": ({ account, partition }) => ({
    id: account,
    accountId: account,
    arn: `arn:${partition}:sts::${account}:assumed-role/deployer/engine-test`,
    userId: "AROAEXAMPLEEXAMPLEXX:engine-test",
  }),
  "aws:index/getPartition:getPartition": ({ partition }) => ({
    id: partition,
    partition,
    dnsSuffix: domainOf(partition),
    reverseDnsPrefix: domainOf(partition).split(".").reverse().join("."),
  }),
  "aws:index/getRegion:getRegion": ({ region, partition }, args) => {
    const name = typeof args["region"] === "string" ? args["region"] : region;
    return {
      id: name,
      name,
      region: name,
      description: `Region ${name}`,
      endpoint: `ec2.${name}.${domainOf(partition)}`,
    };
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": ({ region }) => ({
    id: region,
    region,
    names: zones.map((zone) => `${region}${zone}`),
    zoneIds: zones.map((_, index) => `${region}-az${index + 1}`),
    groupNames: [region],
  }),
};

/**
 * Answers the few functions of the AWS provider that a program can call without an account.
 * @throws for any other, so that no program comes to rely on one that the tests only echo
 */
export function invoke(token: string, identity: Identity, args: Properties): Properties {
  const known = invokes[token];
  if (known === undefined) throw new Error(`the stand-in for AWS does not know the function ${token}`);
  return known(identity, args);
}
