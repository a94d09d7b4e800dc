import { DefaultSecurityGroup, SecurityGroup, VpcEndpoint } from "@pulumi/aws/ec2";
import { Vpc } from "@pulumi/awsx/ec2";
import { all, ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { endpointPolicy } from "../../model/documents/endpointPolicy";
import { policyText } from "../../model/documents/policy";
import type { Place } from "../../model/plan/arns";
import { accountIds, checkTags, regionNames, type Tags } from "../argumentRules";
import { checkText, rejectFailures, type TextRule } from "../validation";
import { endpointServiceName, type InterfaceEndpoint, interfaceEndpoints } from "./networkEndpoints";
import { checkNetworkShape, type NetworkShape, subnetMasks } from "./networkLayout";

export interface NetworkArgs extends NetworkShape {
  /** Where the network lies: partition, region and workload account. */
  readonly place: Place;
  /** `o-...`; only roles of it may use the endpoints. */
  readonly organisationId: string;
  readonly tags: Tags;
}

/**
 * The network consumers run in. Private subnets reach the services that hold values, keys, logs and images through
 * endpoints inside the network, so that reading a secret needs no way out of it, and its audit record names the endpoint.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html
 */
export class Network extends ComponentResource {
  readonly vpcId: Output<string>;
  readonly privateSubnetIds: Output<string[]>;
  /** For functions, tasks and instances inside the network. */
  readonly consumerSecurityGroupId: Output<string>;
  /** By service, for alarms on reads that came another way. */
  readonly endpointIds: Readonly<Record<InterfaceEndpoint, Output<string>>>;

  readonly #name: string;
  readonly #args: NetworkArgs;

  constructor(name: string, args: NetworkArgs, options?: ComponentResourceOptions) {
    rejectUnfit(name, args);
    super("secrets-platform:workload:Network", name, {}, options);
    this.#name = name;
    this.#args = args;
    const vpc = this.#createVpc();
    this.vpcId = vpc.vpcId;
    this.privateSubnetIds = vpc.privateSubnetIds;
    this.#emptyDefaultSecurityGroup();
    const endpointGroup = this.#createEndpointGroup();
    this.endpointIds = this.#createInterfaceEndpoints(endpointGroup);
    const s3 = this.#createStorageEndpoint(vpc);
    this.consumerSecurityGroupId = this.#createConsumerGroup(endpointGroup, s3).id;
    this.registerOutputs({
      vpcId: this.vpcId,
      privateSubnetIds: this.privateSubnetIds,
      consumerSecurityGroupId: this.consumerSecurityGroupId,
      endpointIds: this.endpointIds,
    });
  }

  #createVpc(): Vpc {
    const { cidr, availabilityZones, nat, tags } = this.#args;
    const masks = subnetMasks(cidr);
    return new Vpc(
      `${this.#name}-vpc`,
      {
        cidrBlock: cidr,
        numberOfAvailabilityZones: availabilityZones,
        availabilityZoneCidrMask: masks.zone,
        subnetStrategy: "Auto",
        // Public subnets come second, so that they can be added later without moving the private ones. A NAT gateway
        // is what they exist for.
        subnetSpecs: [
          { type: "Private", cidrMask: masks.private },
          ...(nat === "none" ? [] : [{ type: "Public", cidrMask: masks.public } as const]),
        ],
        natGateways: { strategy: natStrategies[nat] },
        // Off by default; an endpoint's private DNS names need them.
        enableDnsHostnames: true,
        enableDnsSupport: true,
        tags,
      },
      { parent: this },
    );
  }

  /** What is started without naming a group gets the default one, which would let its members talk freely (EC2.2). */
  #emptyDefaultSecurityGroup(): void {
    new DefaultSecurityGroup(
      `${this.#name}-default-group`,
      { vpcId: this.vpcId, ingress: [], egress: [], tags: this.#args.tags },
      { parent: this },
    );
  }

  #createEndpointGroup(): SecurityGroup {
    return new SecurityGroup(
      `${this.#name}-endpoint-group`,
      {
        vpcId: this.vpcId,
        description: "Endpoints: HTTPS from within the network",
        // Rules in the group itself, so that one added by hand is taken out again.
        ingress: [
          {
            description: "HTTPS from within the network",
            protocol: "tcp",
            fromPort: 443,
            toPort: 443,
            cidrBlocks: [this.#args.cidr],
          },
        ],
        egress: [],
        tags: this.#args.tags,
      },
      { parent: this },
    );
  }

  #createInterfaceEndpoints(group: SecurityGroup): Record<InterfaceEndpoint, Output<string>> {
    const { place, organisationId, tags } = this.#args;
    const entries = Object.entries(interfaceEndpoints).map(([service, actions]) => {
      const endpoint = new VpcEndpoint(
        `${this.#name}-${service.replace(".", "-")}-endpoint`,
        {
          vpcId: this.vpcId,
          vpcEndpointType: "Interface",
          serviceName: endpointServiceName(service as InterfaceEndpoint, place.region, place.partition),
          subnetIds: this.privateSubnetIds,
          securityGroupIds: [group.id],
          privateDnsEnabled: true,
          policy: policyText(endpointPolicy(organisationId, place, actions)),
          tags,
        },
        { parent: this },
      );
      return [service, endpoint.id] as const;
    });
    return Object.fromEntries(entries) as Record<InterfaceEndpoint, Output<string>>;
  }

  /**
   * Image layers and build sources come from S3. It has no policy of ours: in the policy of a gateway endpoint an Allow
   * takes no principal but `*`, which this platform never writes. Roles and buckets decide there.
   * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#gateway-endpoint-policies
   */
  #createStorageEndpoint(vpc: Vpc): VpcEndpoint {
    const { place, tags } = this.#args;
    return new VpcEndpoint(
      `${this.#name}-s3-endpoint`,
      {
        vpcId: this.vpcId,
        vpcEndpointType: "Gateway",
        serviceName: endpointServiceName("s3", place.region, place.partition),
        routeTableIds: privateRouteTableIds(vpc),
        tags,
      },
      { parent: this },
    );
  }

  /** Name resolution through the network's own resolver passes no security group. */
  #createConsumerGroup(endpoints: SecurityGroup, s3: VpcEndpoint): SecurityGroup {
    const { cidr, nat, tags } = this.#args;
    const https = { protocol: "tcp", fromPort: 443, toPort: 443 };
    return new SecurityGroup(
      `${this.#name}-consumer-group`,
      {
        vpcId: this.vpcId,
        description: "Consumers: out to the endpoints, S3 and the network, nothing in",
        ingress: [],
        egress: [
          { ...https, description: "Endpoints", securityGroups: [endpoints.id] },
          { ...https, description: "S3 through its gateway endpoint", prefixListIds: [s3.prefixListId] },
          {
            description: "Databases and other services of the network, whose own groups decide",
            protocol: "tcp",
            fromPort: 0,
            toPort: 65_535,
            cidrBlocks: [cidr],
          },
          ...(nat === "none"
            ? []
            : [{ ...https, description: "HTTPS through the NAT gateways", cidrBlocks: ["0.0.0.0/0"] }]),
        ],
        tags,
      },
      { parent: this },
    );
  }
}

const natStrategies = { none: "None", single: "Single", "per-zone": "OnePerAz" } as const;

/** awsx lists the route tables of all subnets together; an association tells which subnet each is for. */
function privateRouteTableIds({ routeTableAssociations, privateSubnetIds }: Vpc): Output<string[]> {
  return all([
    routeTableAssociations.apply((list) =>
      all(list.map(({ subnetId, routeTableId }) => all([subnetId, routeTableId]))),
    ),
    privateSubnetIds,
  ]).apply(([associations, subnets]) =>
    associations.flatMap(([subnet, table]) =>
      subnet !== undefined && subnets.includes(subnet) ? [table] : [],
    ),
  );
}

const organisationIds: TextRule = {
  pattern: /^o-[a-z0-9]{10,32}$/,
  allowed: "`o-` and 10 to 32 small letters and digits are needed",
  remedy: "copy it from `aws organizations describe-organization`",
};

function rejectUnfit(name: string, args: NetworkArgs): void {
  rejectFailures(
    "Network",
    name,
    checkNetworkShape(args),
    checkText("place.region", args.place.region, regionNames),
    checkText("place.account", args.place.account, accountIds),
    checkText("organisationId", args.organisationId, organisationIds),
    checkTags("tags", args.tags),
  );
}
