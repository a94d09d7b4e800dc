import assert from "node:assert/strict";
import { Network, type NetworkArgs } from "../../../components/workload/network";
import { endpointPolicy } from "../../../model/documents/endpointPolicy";
import { flowLogPolicy, flowLogTrust } from "../../../model/documents/flowLogPolicies";
import { storageEndpointPolicy } from "../../../model/documents/storageEndpointPolicy";
import type { Place } from "../../../model/plan/arns";
import { rejected } from "../support/problems";
import { type ProgramOptions, runProgram } from "../support/harness";
import { policyTooLong, tags } from "../support/organisation";

const place: Place = { partition: "aws", region: "eu-west-1", account: "333333333333" };
const args: NetworkArgs = {
  cidr: "10.30.0.0/16",
  availabilityZones: 2,
  nat: "none",
  place,
  organisationId: "o-exampleorgid",
  flowLogs: {
    logGroupName: "/secrets-platform/network",
    logs: { retentionDays: 365, keyArn: "arn:aws:kms:eu-west-1:333333333333:key/operations" },
    traffic: "all",
    role: { name: "network-flow-logs", trust: flowLogTrust(place), policy: flowLogPolicy(place) },
  },
  tags,
};

const vpc = {
  vpcId: "vpc-1",
  privateSubnetIds: ["subnet-a", "subnet-b"],
  routeTables: [
    { id: "rtb-private-a", tags: { SubnetType: "Private" } },
    { id: "rtb-public-a", tags: { SubnetType: "Public" } },
    { id: "rtb-private-b", tags: { SubnetType: "Private" } },
    { id: "rtb-main" },
  ],
};

function make(change: Partial<NetworkArgs> = {}, options: ProgramOptions = {}) {
  return runProgram(() => new Network("network", { ...args, ...change }), {
    pluginComponents: { "awsx:ec2:Vpc": vpc },
    ...options,
  });
}

const services = ["ecr-api", "ecr-dkr", "kms", "logs", "s3", "secretsmanager", "ssm", "sts"];

describe("Network", () => {
  it("makes endpoints and security groups beside the plugin's VPC", async () => {
    const { created } = await make();
    assert.deepEqual(created, [
      "aws:cloudwatch/logGroup:LogGroup network-flow-logs",
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup network-default-group",
      "aws:ec2/flowLog:FlowLog network-flow-log",
      "aws:ec2/securityGroup:SecurityGroup network-consumer-group",
      "aws:ec2/securityGroup:SecurityGroup network-endpoint-group",
      ...services.map((service) => `aws:ec2/vpcEndpoint:VpcEndpoint network-${service}-endpoint`),
      "aws:iam/role:Role network-flow-role",
      "aws:iam/rolePolicy:RolePolicy network-flow-policy",
    ]);
  });

  it("records all traffic of the VPC, encrypted, once its role may write", async () => {
    const { named } = await make();
    const { inputs, dependsOn } = named("network-flow-log");
    assert.deepEqual(inputs, {
      vpcId: "vpc-1",
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: "arn:aws:logs:eu-west-1:111111111111:log-group:/secrets-platform/network",
      iamRoleArn: "arn:aws:iam::111111111111:role/platform/network-flow-logs",
      maxAggregationInterval: 60,
      tags,
    });
    assert.ok(dependsOn.includes("network-flow-policy"));
    assert.deepEqual(named("network-flow-logs").inputs, {
      name: "/secrets-platform/network",
      retentionInDays: 365,
      kmsKeyId: args.flowLogs.logs.keyArn,
      tags,
    });
    const { path, assumeRolePolicy } = named("network-flow-role").inputs;
    assert.deepEqual([path, assumeRolePolicy], ["/platform/", JSON.stringify(flowLogTrust(place))]);
    assert.equal(named("network-flow-policy").inputs["policy"], JSON.stringify(flowLogPolicy(place)));
  });

  it("records what was refused alone where that is asked for", async () => {
    const { named } = await make({ flowLogs: { ...args.flowLogs, traffic: "rejected" } });
    assert.equal(named("network-flow-log").inputs["trafficType"], "REJECT");
  });

  it("asks for private subnets alone where there is no NAT gateway", async () => {
    const { named } = await make();
    assert.deepEqual(named("network-vpc").inputs, {
      cidrBlock: "10.30.0.0/16",
      numberOfAvailabilityZones: 2,
      availabilityZoneCidrMask: 18,
      subnetStrategy: "Auto",
      subnetSpecs: [{ type: "Private", cidrMask: 19 }],
      natGateways: { strategy: "None" },
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags,
    });
  });

  it("adds public subnets behind the private ones for NAT gateways", async () => {
    for (const [nat, strategy] of [
      ["single", "Single"],
      ["per-zone", "OnePerAz"],
    ] as const) {
      const { inputs } = (await make({ nat })).named("network-vpc");
      assert.deepEqual(inputs["natGateways"], { strategy });
      assert.deepEqual(inputs["subnetSpecs"], [
        { type: "Private", cidrMask: 19 },
        { type: "Public", cidrMask: 20 },
      ]);
      assert.equal(inputs["availabilityZoneCidrMask"], 18, "a zone's range must not move");
    }
  });

  it("puts interface endpoints into the private subnets under a policy for this account's roles", async () => {
    const { named } = await make();
    assert.deepEqual(named("network-secretsmanager-endpoint").inputs, {
      vpcId: "vpc-1",
      vpcEndpointType: "Interface",
      serviceName: "com.amazonaws.eu-west-1.secretsmanager",
      subnetIds: ["subnet-a", "subnet-b"],
      securityGroupIds: ["network-endpoint-group-id"],
      privateDnsEnabled: true,
      policy: JSON.stringify(endpointPolicy("o-exampleorgid", place, "secretsmanager")),
      tags,
    });
    const registry = named("network-ecr-dkr-endpoint").inputs;
    assert.equal(registry["serviceName"], "com.amazonaws.eu-west-1.ecr.dkr");
    assert.equal(registry["policy"], JSON.stringify(endpointPolicy("o-exampleorgid", place, "ecr")));
  });

  it("routes private subnets alone to S3", async () => {
    const { named } = await make();
    assert.deepEqual(named("network-s3-endpoint").inputs, {
      vpcId: "vpc-1",
      vpcEndpointType: "Gateway",
      serviceName: "com.amazonaws.eu-west-1.s3",
      routeTableIds: ["rtb-private-a", "rtb-private-b"],
      policy: JSON.stringify(storageEndpointPolicy("o-exampleorgid", place)),
      tags,
    });
  });

  it("lets in only HTTPS from within the network, at the endpoints", async () => {
    const { named } = await make();
    assert.deepEqual(named("network-endpoint-group").inputs["ingress"], [
      {
        description: "HTTPS from within the network",
        protocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrBlocks: ["10.30.0.0/16"],
      },
    ]);
    assert.deepEqual(named("network-endpoint-group").inputs["egress"], []);
    assert.deepEqual(named("network-consumer-group").inputs["ingress"], []);
    const { ingress, egress } = named("network-default-group").inputs;
    assert.deepEqual([ingress, egress], [[], []]);
  });

  it("lets consumers out to endpoints, S3 and the network, and beyond only through NAT gateways", async () => {
    const beyond = async (nat: NetworkArgs["nat"]) => {
      const { egress } = (await make({ nat })).named("network-consumer-group").inputs;
      return (egress as { cidrBlocks?: string[]; securityGroups?: string[]; toPort: number }[]).map(
        ({ cidrBlocks, securityGroups, toPort }) => [toPort, cidrBlocks ?? securityGroups ?? "prefix list"],
      );
    };
    const inside = [
      [443, ["network-endpoint-group-id"]],
      [443, "prefix list"],
      [65_535, ["10.30.0.0/16"]],
    ];
    assert.deepEqual(await beyond("none"), inside);
    assert.deepEqual(await beyond("single"), [...inside, [443, ["0.0.0.0/0"]]]);
  });

  it("names services as China does", async () => {
    const { named } = await make({
      place: { partition: "aws-cn", region: "cn-north-1", account: "333333333333" },
    });
    const serviceName = (service: string) => named(`network-${service}-endpoint`).inputs["serviceName"];
    assert.equal(serviceName("sts"), "cn.com.amazonaws.cn-north-1.sts");
    assert.equal(serviceName("ecr-api"), "cn.com.amazonaws.cn-north-1.ecr.api");
    assert.equal(serviceName("secretsmanager"), "com.amazonaws.cn-north-1.secretsmanager");
    assert.equal(serviceName("s3"), "com.amazonaws.cn-north-1.s3");
  });

  it("shows the policies of its endpoints in a first preview", async () => {
    const { named } = await make({}, { preview: true });
    assert.equal(
      named("network-kms-endpoint").inputs["policy"],
      JSON.stringify(endpointPolicy("o-exampleorgid", place, "kms")),
    );
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new Network("network", {
            cidr: "10.30.0.0/28",
            availabilityZones: 5,
            nat: "two" as "none",
            place: { partition: "aws", region: "Ireland", account: "333" },
            organisationId: "example",
            flowLogs: {
              logGroupName: "aws/network",
              logs: { retentionDays: 366, keyArn: "alias/operations" },
              traffic: "accepted" as "all",
              role: { name: "flow logs", trust: policyTooLong(), policy: policyTooLong() },
            },
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "cidr",
      "availabilityZones",
      "nat",
      "place.region",
      "place.account",
      "organisationId",
      "flowLogs.logGroupName",
      "flowLogs.logs.retentionDays",
      "flowLogs.logs.keyArn",
      "flowLogs.traffic",
      "flowLogs.role.name",
      "flowLogs.role.trust",
      "flowLogs.role.policy",
      "tags",
    ]);
  });

  for (const cidr of [
    "10.30.0.1/16",
    "10.30.256.0/16",
    "10.30.16.0/16",
    "10.30.0.0/15",
    "10.30.0.0/25",
    "10.30.0.0",
  ]) {
    it(`rejects the range ${cidr}`, async () => {
      const { result } = await runProgram(() => rejected(() => new Network("network", { ...args, cidr })));
      assert.deepEqual(Object.keys(result), ["cidr"]);
    });
  }

  for (const cidr of ["10.30.16.0/20", "10.255.255.0/24", "192.168.0.0/16"]) {
    it(`accepts the range ${cidr}`, () => make({ cidr }));
  }
});
