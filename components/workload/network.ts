import { type SecurityGroup, VpcEndpoint } from "@pulumi/aws/ec2";
import { Vpc } from "@pulumi/awsx/ec2";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { accountIds, organisationIds, regionNames } from "../../model/aws/textRules";
import { endpointPolicy } from "../../model/documents/endpointPolicy";
import { policyText } from "../../model/documents/policy";
import { storageEndpointPolicy } from "../../model/documents/storageEndpointPolicy";
import type { Place } from "../../model/plan/arns";
import { checkTags, type Tags } from "../argumentRules";
import { type ArgumentProblem, checkText, rejectProblems } from "../validation";
import { endpointServiceName, type InterfaceEndpoint, interfaceEndpoints } from "./networkEndpoints";
import { consumerGroup, emptyDefaultGroup, endpointGroup } from "./networkGroups";
import { checkFlowLogs, type FlowLogSettings, networkFlowLogs } from "./networkFlowLogs";
import { checkNetworkShape, type NetworkShape, subnetSpecs, zoneMask } from "./networkLayout";

export interface NetworkArgs extends NetworkShape {
  /** Partition, region and workload account; only roles of that account may use the endpoints. */
  readonly place: Place;
  /** `o-...`; and only while the account belongs to the organisation. */
  readonly organisationId: string;
  readonly flowLogs: FlowLogSettings;
  readonly tags: Tags;
}

/**
 * The network consumers run in. Private subnets reach the services that hold values, keys, logs and images through
 * endpoints inside the network, so that reading a secret needs no way out of it, and its audit record names the endpoint.
 * Its flow logs say who talked to whom.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
export class Network extends ComponentResource {
  readonly vpcId: Output<string>;
  readonly privateSubnetIds: Output<string[]>;
  /** For functions, tasks and instances inside the network. */
  readonly consumerSecurityGroupId: Output<string>;
  /** By service, for alarms on reads that came another way. */
  readonly endpointIds: Readonly<Record<InterfaceEndpoint, Output<string>>>;

  constructor(name: string, args: NetworkArgs, opts?: ComponentResourceOptions) {
    rejectProblems("Network", name, problemsOf(args));
    super("secrets-platform:workload:Network", name, {}, opts);
    const vpc = privateVpc(name, args, this);
    this.vpcId = vpc.vpcId;
    this.privateSubnetIds = vpc.privateSubnetIds;
    networkFlowLogs(name, args.flowLogs, { vpcId: vpc.vpcId, tags: args.tags }, this);
    emptyDefaultGroup(name, { vpcId: vpc.vpcId, tags: args.tags }, this);
    const endpoints = endpointGroup(name, { vpcId: vpc.vpcId, cidr: args.cidr, tags: args.tags }, this);
    this.endpointIds = serviceEndpoints(name, args, { vpc, group: endpoints }, this);
    const s3 = storageEndpoint(name, args, vpc, this);
    this.consumerSecurityGroupId = consumerGroup(
      name,
      { ...args, vpcId: vpc.vpcId, endpointGroupId: endpoints.id, s3PrefixListId: s3.prefixListId },
      this,
    ).id;
    this.registerOutputs({
      vpcId: this.vpcId,
      privateSubnetIds: this.privateSubnetIds,
      consumerSecurityGroupId: this.consumerSecurityGroupId,
      endpointIds: this.endpointIds,
    });
  }
}

const natStrategies = { none: "None", single: "Single", "per-zone": "OnePerAz" } as const;

function privateVpc(name: string, args: NetworkArgs, parent: Resource): Vpc {
  return new Vpc(
    `${name}-vpc`,
    {
      cidrBlock: args.cidr,
      numberOfAvailabilityZones: args.availabilityZones,
      availabilityZoneCidrMask: zoneMask(args.cidr),
      subnetStrategy: "Auto",
      subnetSpecs: subnetSpecs(args),
      natGateways: { strategy: natStrategies[args.nat] },
      // Off by default in awsx; the private DNS names of endpoints need them.
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: args.tags,
    },
    { parent },
  );
}

/** awsx would make endpoints too, but leave them without subnets (pulumi-awsx#1373). */
function serviceEndpoints(
  name: string,
  args: NetworkArgs,
  { vpc, group }: { readonly vpc: Vpc; readonly group: SecurityGroup },
  parent: Resource,
): Record<InterfaceEndpoint, Output<string>> {
  const services = Object.entries(interfaceEndpoints) as [InterfaceEndpoint, string][];
  const ids = services.map(([service, actions]) => {
    const endpoint = new VpcEndpoint(
      `${name}-${service.replace(".", "-")}-endpoint`,
      {
        vpcId: vpc.vpcId,
        vpcEndpointType: "Interface",
        serviceName: endpointServiceName(service, args.place.region, args.place.partition),
        subnetIds: vpc.privateSubnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        policy: policyText(endpointPolicy(args.organisationId, args.place, actions)),
        tags: args.tags,
      },
      { parent },
    );
    return [service, endpoint.id] as const;
  });
  return Object.fromEntries(ids) as Record<InterfaceEndpoint, Output<string>>;
}

/** Image layers and packages come from S3; its addresses are public ones, so this is a way out of the network. */
function storageEndpoint(name: string, args: NetworkArgs, vpc: Vpc, parent: Resource): VpcEndpoint {
  return new VpcEndpoint(
    `${name}-s3-endpoint`,
    {
      vpcId: vpc.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: endpointServiceName("s3", args.place.region, args.place.partition),
      routeTableIds: privateRouteTableIds(vpc),
      policy: policyText(storageEndpointPolicy(args.organisationId, args.place)),
      tags: args.tags,
    },
    { parent },
  );
}

/** awsx lists the route tables of all subnets together, each with a tag that tells the subnet's type. */
function privateRouteTableIds({ routeTables }: Vpc): Output<string[]> {
  return routeTables
    .apply((tables) => all(tables.map(({ id, tags }) => all([id, tags]))))
    .apply((tables) => tables.flatMap(([id, tags]) => (tags?.["SubnetType"] === "Private" ? [id] : [])));
}

function problemsOf(args: NetworkArgs): ArgumentProblem[] {
  return [
    checkNetworkShape(args),
    checkText("place.region", args.place.region, regionNames),
    checkText("place.account", args.place.account, accountIds),
    checkText("organisationId", args.organisationId, organisationIds),
    checkFlowLogs("flowLogs", args.flowLogs),
    checkTags("tags", args.tags),
  ].flat();
}
