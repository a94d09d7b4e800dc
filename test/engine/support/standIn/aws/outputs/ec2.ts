import type { NewResource } from "../newResource";
import type { Properties } from "../../properties";
import type { OutputRow, OutputTable } from "./table";

export const ec2: OutputTable = {
  "aws:ec2/vpc:Vpc": {
    ...withId("vpc", "vpc", (r) => ({
      ownerId: r.target.account,
      mainRouteTableId: `rtb-${r.hex(17, "main")}`,
      defaultRouteTableId: `rtb-${r.hex(17, "main")}`,
      defaultSecurityGroupId: `sg-${r.hex(17, "default")}`,
      defaultNetworkAclId: `acl-${r.hex(17, "default")}`,
      dhcpOptionsId: `dopt-${r.hex(17, "default")}`,
      ...ipv6(r),
    })),
    filledIn: ["ipv6CidrBlock"],
    afterUpdate: (old, r) => ipv6(r, old),
  },
  "aws:ec2/subnet:Subnet": withId("subnet", "subnet", (r) => ({ ownerId: r.target.account })),
  "aws:ec2/routeTable:RouteTable": withId("rtb", "route-table", (r) => ({ ownerId: r.target.account })),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": { id: (r) => `rtbassoc-${r.hex(17)}` },
  "aws:ec2/route:Route": {
    id: (r) => `r-${r.text("routeTableId")}${r.hex(10)}`,
    outputs: () => ({ origin: "CreateRoute", state: "active" }),
  },
  "aws:ec2/internetGateway:InternetGateway": withId("igw", "internet-gateway", ownerOf),
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": { id: (r) => `eigw-${r.hex(17)}` },
  "aws:ec2/natGateway:NatGateway": {
    id: (r) => `nat-${r.hex(17)}`,
    outputs: (r) => ({
      publicIp: publicIp(r),
      privateIp: "10.0.0.10",
      networkInterfaceId: `eni-${r.hex(17, "eni")}`,
      associationId: `eipassoc-${r.hex(17, "association")}`,
    }),
  },
  "aws:ec2/eip:Eip": {
    id: (r) => `eipalloc-${r.hex(17)}`,
    outputs: (r) => ({
      allocationId: `eipalloc-${r.hex(17)}`,
      arn: r.arn("ec2", `elastic-ip/eipalloc-${r.hex(17)}`),
      publicIp: publicIp(r),
      publicDns: `ec2-${publicIp(r).replaceAll(".", "-")}.${r.target.region}.compute.${r.domain()}`,
    }),
  },
  "aws:ec2/securityGroup:SecurityGroup": withId("sg", "security-group", ownerOf),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": withId("sg", "security-group", (r) => ({
    ...ownerOf(r),
    name: "default",
    description: "default VPC security group",
  })),
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    id: (r) => `sgrule-${r.hex(10)}`,
    outputs: (r) => ({ securityGroupRuleId: `sgr-${r.hex(17)}` }),
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule(),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule(),
  "aws:ec2/vpcEndpoint:VpcEndpoint": withId("vpce", "vpc-endpoint", (r) => ({
    ownerId: r.target.account,
    state: "available",
    requesterManaged: false,
    cidrBlocks: [],
    ...(r.text("vpcEndpointType") === "Gateway" || r.text("vpcEndpointType") === ""
      ? { prefixListId: `pl-${r.hex(8)}`, dnsEntries: [], networkInterfaceIds: [] }
      : interfaces(r)),
  })),
  "aws:ec2/launchTemplate:LaunchTemplate": {
    ...withId("lt", "launch-template", () => ({ latestVersion: 1, defaultVersion: 1 })),
    volatile: ["latestVersion"],
    afterUpdate: (old) => ({ latestVersion: Number(old["latestVersion"] ?? 0) + 1 }),
  },
  "aws:ec2/instance:Instance": withId("i", "instance", (r) => ({
    instanceState: "running",
    primaryNetworkInterfaceId: `eni-${r.hex(17, "eni")}`,
    privateIp: "10.0.0.20",
  })),
  "aws:ec2/flowLog:FlowLog": withId("fl", "vpc-flow-log"),
};

/** A row for what EC2 names by a prefix and 17 hexadecimal digits. */
function withId(prefix: string, kind: string, more: (r: NewResource) => Properties = () => ({})): OutputRow {
  const id = (r: NewResource) => `${prefix}-${r.hex(17)}`;
  return { id, outputs: (r) => ({ arn: r.arn("ec2", `${kind}/${id(r)}`), ...more(r) }) };
}

function securityGroupRule(): OutputRow {
  return withId("sgr", "security-group-rule", (r) => ({ securityGroupRuleId: `sgr-${r.hex(17)}` }));
}

/** A /56 of Amazon's, shown by the range kept for documentation (RFC 3849); none unless it is asked for. */
function ipv6(resource: NewResource, old: Properties = {}): Properties {
  const given = resource.inputs["ipv6CidrBlock"];
  if (given === undefined && resource.inputs["assignGeneratedIpv6CidrBlock"] !== true) {
    return { ipv6CidrBlock: undefined, ipv6AssociationId: undefined };
  }
  const hex = (length: number) => resource.hex(length, "ipv6");
  return {
    ipv6CidrBlock: given ?? old["ipv6CidrBlock"] ?? `2001:db8:${hex(4)}:${hex(2)}00::/56`,
    ipv6AssociationId: old["ipv6AssociationId"] ?? `vpc-cidr-assoc-${hex(17)}`,
  };
}

function ownerOf(resource: NewResource): Properties {
  return { ownerId: resource.target.account };
}

function interfaces(resource: NewResource): Properties {
  const service = resource.text("serviceName").split(".").slice(3).join(".");
  const subnets = resource.inputs["subnetIds"];
  return {
    networkInterfaceIds: (Array.isArray(subnets) ? subnets : []).map(
      (_, index) => `eni-${resource.hex(17, `${index}`)}`,
    ),
    dnsEntries: [
      {
        dnsName: `vpce-${resource.hex(17)}-${resource.hex(8)}.${service}.${resource.target.region}.vpce.${resource.domain()}`,
        hostedZoneId: `Z${resource.alphanumeric(13).toUpperCase()}`,
      },
    ],
  };
}

/** An address of the range kept for documentation (RFC 5737). */
function publicIp(resource: NewResource): string {
  return `203.0.113.${Number.parseInt(resource.hex(2, "ip"), 16)}`;
}
