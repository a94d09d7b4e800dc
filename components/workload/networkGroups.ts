import { DefaultSecurityGroup, SecurityGroup } from "@pulumi/aws/ec2";
import type { Input, Resource } from "@pulumi/pulumi";
import type { Tags } from "../argumentRules";
import type { NetworkShape } from "./networkLayout";

/*
 * Rules stand in the groups themselves, so that one added by hand is taken out again. Name resolution by the network's
 * own resolver passes no group.
 */

const https = { protocol: "tcp", fromPort: 443, toPort: 443 };

interface GroupSettings {
  readonly vpcId: Input<string>;
  readonly tags: Tags;
}

/** What is started without naming a group gets the default one, which would let its members talk freely (EC2.2). */
export function emptyDefaultGroup(
  name: string,
  { vpcId, tags }: GroupSettings,
  parent: Resource,
): DefaultSecurityGroup {
  return new DefaultSecurityGroup(
    `${name}-default-group`,
    { vpcId, ingress: [], egress: [], tags },
    { parent },
  );
}

export function endpointGroup(
  name: string,
  { vpcId, cidr, tags }: GroupSettings & Pick<NetworkShape, "cidr">,
  parent: Resource,
): SecurityGroup {
  return new SecurityGroup(
    `${name}-endpoint-group`,
    {
      vpcId,
      description: "Endpoints: HTTPS from within the network",
      ingress: [{ ...https, description: "HTTPS from within the network", cidrBlocks: [cidr] }],
      egress: [],
      tags,
    },
    { parent },
  );
}

/** Where a consumer's packets may go; the receiving side's own group decides further. */
export function consumerGroup(
  name: string,
  {
    vpcId,
    cidr,
    nat,
    endpointGroupId,
    s3PrefixListId,
    tags,
  }: GroupSettings &
    NetworkShape & { readonly endpointGroupId: Input<string>; readonly s3PrefixListId: Input<string> },
  parent: Resource,
): SecurityGroup {
  const beyond = { ...https, description: "HTTPS through the NAT gateways", cidrBlocks: ["0.0.0.0/0"] };
  return new SecurityGroup(
    `${name}-consumer-group`,
    {
      vpcId,
      description: "Consumers: out to endpoints, S3 and the network, nothing in",
      ingress: [],
      egress: [
        { ...https, description: "Endpoints", securityGroups: [endpointGroupId] },
        { ...https, description: "S3 through its endpoint", prefixListIds: [s3PrefixListId] },
        {
          description: "Databases and other services of the network",
          protocol: "tcp",
          fromPort: 0,
          toPort: 65_535,
          cidrBlocks: [cidr],
        },
        ...(nat === "none" ? [] : [beyond]),
      ],
      tags,
    },
    { parent },
  );
}
