import { unknownValue, type Properties } from "../properties";
import type { Monitor, Registered } from "./monitor";
import { planSubnets, type PlannedSubnet, type SubnetKind } from "./subnetPlan";

const anywhere = "0.0.0.0/0";

interface MadeSubnet extends PlannedSubnet {
  subnet: Registered;
  routeTable: Registered;
}

/**
 * Makes the children of an `awsx:ec2:Vpc` with the names and parents that awsx gives them, and returns the component's
 * outputs. Without IPAM, endpoints and IPv6 ranges of one's own, which are refused rather than left out.
 */
export async function makeVpc(
  monitor: Monitor,
  component: string,
  name: string,
  inputs: Properties,
): Promise<Properties> {
  refuseUnsupported(inputs);
  const tags = (label: string) => ({ Name: label, ...(inputs["tags"] as Properties | undefined) });
  const cidrBlock = typeof inputs["cidrBlock"] === "string" ? inputs["cidrBlock"] : "10.0.0.0/16";
  const plan = planSubnets({
    vpc: name,
    cidrBlock,
    zones: await zonesOf(monitor, inputs),
    zoneMask: inputs["availabilityZoneCidrMask"],
    specs: inputs["subnetSpecs"],
  });

  const vpc = await monitor.resource({
    type: "aws:ec2/vpc:Vpc",
    name,
    parent: component,
    inputs: {
      cidrBlock,
      assignGeneratedIpv6CidrBlock: inputs["assignGeneratedIpv6CidrBlock"],
      enableDnsHostnames: inputs["enableDnsHostnames"],
      enableDnsSupport: inputs["enableDnsSupport"],
      instanceTenancy: inputs["instanceTenancy"],
      tags: tags(name),
    },
  });
  const subnets = await Promise.all(
    plan.map((planned) => makeSubnet(monitor, vpc, planned, tags(planned.name))),
  );

  const publicSubnets = subnets.filter(({ kind }) => kind === "Public");
  const gateway =
    publicSubnets.length === 0
      ? undefined
      : await monitor.resource({
          type: "aws:ec2/internetGateway:InternetGateway",
          name,
          parent: vpc.urn,
          inputs: { vpcId: vpc.id, tags: tags(name) },
          from: { vpcId: vpc },
        });
  const nats = await makeNatGateways(monitor, name, publicSubnets, { inputs, tags });
  const routes = await Promise.all(
    subnets.map(async (made) => {
      if (made.kind === "Public" && gateway !== undefined)
        return makeRoute(monitor, made, "gatewayId", gateway);
      const nat = nats.gateways[made.zoneNumber - 1] ?? nats.gateways[0];
      if (made.kind === "Private" && nat !== undefined) return makeRoute(monitor, made, "natGatewayId", nat);
      return undefined;
    }),
  );
  const associations = await Promise.all(subnets.map((made) => associate(monitor, made)));

  const references = (list: readonly (Registered | undefined)[]) =>
    list.filter((item) => item !== undefined).map((item) => item.reference);
  const ofKind = (kind: SubnetKind) =>
    subnets.filter((made) => made.kind === kind).map((made) => made.subnet);
  return {
    vpcId: vpc.id,
    vpc: vpc.reference,
    subnets: references(subnets.map(({ subnet }) => subnet)),
    publicSubnets: references(ofKind("Public")),
    privateSubnets: references(ofKind("Private")),
    isolatedSubnets: references(ofKind("Isolated")),
    publicSubnetIds: ids(ofKind("Public")),
    privateSubnetIds: ids(ofKind("Private")),
    isolatedSubnetIds: ids(ofKind("Isolated")),
    routeTables: references(subnets.map(({ routeTable }) => routeTable)),
    routeTableAssociations: references(associations),
    routes: references(routes),
    internetGateway: gateway?.reference,
    natGateways: references(nats.gateways),
    eips: references(nats.addresses),
    vpcEndpoints: [],
    subnetLayout: [],
  };
}

async function makeSubnet(
  monitor: Monitor,
  vpc: Registered,
  planned: PlannedSubnet,
  tags: Properties,
): Promise<MadeSubnet> {
  const subnet = await monitor.resource({
    type: "aws:ec2/subnet:Subnet",
    name: planned.name,
    parent: vpc.urn,
    inputs: {
      vpcId: vpc.id,
      availabilityZone: planned.zone,
      cidrBlock: planned.cidrBlock,
      mapPublicIpOnLaunch: planned.kind === "Public",
      tags: { SubnetType: planned.kind, ...tags },
    },
    from: { vpcId: vpc },
  });
  const routeTable = await monitor.resource({
    type: "aws:ec2/routeTable:RouteTable",
    name: planned.name,
    parent: subnet.urn,
    inputs: { vpcId: vpc.id, tags: { SubnetType: planned.kind, ...tags } },
    from: { vpcId: vpc },
    dependsOn: [subnet],
  });
  return { ...planned, subnet, routeTable };
}

/** None, one for all zones, or one a zone; the last is what awsx does unless told otherwise. */
async function makeNatGateways(
  monitor: Monitor,
  name: string,
  publicSubnets: readonly MadeSubnet[],
  { inputs, tags }: { readonly inputs: Properties; readonly tags: (label: string) => Properties },
): Promise<{ gateways: Registered[]; addresses: Registered[] }> {
  const strategy = (inputs["natGateways"] as Properties | undefined)?.["strategy"] ?? "OnePerAz";
  const places = strategy === "None" ? [] : strategy === "Single" ? publicSubnets.slice(0, 1) : publicSubnets;
  const made = await Promise.all(
    places.map(async ({ subnet }, index) => {
      const label = `${name}-${index + 1}`;
      const address = await monitor.resource({
        type: "aws:ec2/eip:Eip",
        name: label,
        parent: subnet.urn,
        inputs: { domain: "vpc", tags: tags(label) },
        dependsOn: [subnet],
      });
      const gateway = await monitor.resource({
        type: "aws:ec2/natGateway:NatGateway",
        name: label,
        parent: subnet.urn,
        inputs: { subnetId: subnet.id, allocationId: address.id, tags: tags(label) },
        from: { subnetId: subnet, allocationId: address },
      });
      return { address, gateway };
    }),
  );
  return { gateways: made.map(({ gateway }) => gateway), addresses: made.map(({ address }) => address) };
}

function makeRoute(
  monitor: Monitor,
  made: MadeSubnet,
  property: string,
  to: Registered,
): Promise<Registered> {
  return monitor.resource({
    type: "aws:ec2/route:Route",
    name: made.name,
    parent: made.routeTable.urn,
    inputs: { routeTableId: made.routeTable.id, destinationCidrBlock: anywhere, [property]: to.id },
    from: { routeTableId: made.routeTable, [property]: to },
  });
}

function associate(monitor: Monitor, made: MadeSubnet): Promise<Registered> {
  return monitor.resource({
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name: made.name,
    parent: made.routeTable.urn,
    inputs: { subnetId: made.subnet.id, routeTableId: made.routeTable.id },
    from: { subnetId: made.subnet, routeTableId: made.routeTable },
  });
}

async function zonesOf(monitor: Monitor, inputs: Properties): Promise<string[]> {
  const given = inputs["availabilityZoneNames"];
  if (Array.isArray(given)) return given.map(String);
  const count =
    typeof inputs["numberOfAvailabilityZones"] === "number" ? inputs["numberOfAvailabilityZones"] : 3;
  const { names } = await monitor.invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {});
  return (names as string[]).slice(0, count);
}

/** A list with anything unknown in it is unknown as a whole once it has been an output. */
function ids(resources: readonly Registered[]): unknown {
  const list = resources.map(({ id }) => id);
  return list.includes(unknownValue) ? unknownValue : list;
}

function refuseUnsupported(inputs: Properties): void {
  for (const property of ["vpcEndpointSpecs", "ipv4IpamPoolId", "ipv6CidrBlock"]) {
    if (inputs[property] !== undefined)
      throw new Error(`the stand-in for awsx does not know the Vpc input ${property}`);
  }
}
