import { networkFlowLogs } from "../../../../policies/rules/ec2/network-flow-logs";
import { types } from "../../../../policies/view/types";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const vpc = declare("vpc", { cidrBlock: "10.0.0.0/16" }, { outputs: { id: "vpc-1" } });
const other = declare("vpc", { cidrBlock: "10.1.0.0/16" }, { name: "other", outputs: { id: "vpc-2" } });
const awsx = declare("awsxVpc", { cidrBlock: "10.0.0.0/16" }, { outputs: { vpcId: "vpc-3" } });
/** As the engine sees what awsx makes: below the component, by the component's name. */
const inside = {
  ...declare("vpc", { cidrBlock: "10.0.0.0/16" }, { name: "awsxVpc", outputs: { id: "vpc-3" } }),
  urn: awsx.urn.replace(types.awsxVpc, `${types.awsxVpc}$${types.vpc}`),
};

/** What unknown values come from. */
const source = declare("topic", {});
const log = { trafficType: "ALL", logDestination: "arn:aws:logs:eu-west-1:333333333333:log-group:network" };
const flowLog = (more: object, from: Parameters<typeof declare>[2] = {}) =>
  declare("flowLog", { ...log, ...more }, from);

testRule(networkFlowLogs, {
  passes: {
    "by the VPC's identifier": [vpc, flowLog({ vpcId: "vpc-1" })],
    "by reference, before there is one": [vpc, flowLog({ vpcId: later }, { from: { vpcId: [vpc] } })],
    "refused traffic alone": [vpc, flowLog({ vpcId: "vpc-1", trafficType: "REJECT" })],
    "accepted and refused traffic apart": [
      vpc,
      flowLog({ vpcId: "vpc-1", trafficType: "ACCEPT" }, { name: "accepted" }),
      flowLog({ vpcId: "vpc-1", trafficType: "REJECT" }, { name: "refused" }),
    ],
    "refused and accepted traffic apart": [
      vpc,
      flowLog({ vpcId: "vpc-1", trafficType: "REJECT" }, { name: "refused" }),
      flowLog({ vpcId: "vpc-1", trafficType: "ACCEPT" }, { name: "accepted" }),
    ],
    "to a bucket": [vpc, flowLog({ vpcId: "vpc-1", logDestinationType: "s3" })],
    "a component of awsx, unseen inside": [awsx, flowLog({ vpcId: later }, { from: { vpcId: [awsx] } })],
    "a component of awsx, by what it holds": [awsx, inside, flowLog({ vpcId: "vpc-3" })],
    "a component of awsx, by the component": [
      awsx,
      inside,
      flowLog({ vpcId: later }, { from: { vpcId: [awsx] } }),
    ],
    "the account's default network": [
      declare("defaultVpc", {}, { outputs: { id: "vpc-0" } }),
      flowLog({ vpcId: "vpc-0" }),
    ],
    "no network": declare("topic", {}),
  },
  fails: {
    "no flow log": { program: vpc, at: "it has no flow log" },
    "one of another network": {
      program: [vpc, other, flowLog({ vpcId: "vpc-2" })],
      at: "it has no flow log",
      on: "vpc",
    },
    "one of a subnet": {
      program: [vpc, flowLog({ subnetId: "subnet-1" })],
      at: "it has no flow log",
      on: "vpc",
    },
    "accepted traffic alone": {
      program: [vpc, flowLog({ vpcId: "vpc-1", trafficType: "ACCEPT" })],
      at: "trafficType of its flow log is ACCEPT",
      on: "vpc",
    },
    "none in a component of awsx, unseen inside": { program: awsx, at: "it has no flow log" },
    "none in a component of awsx": { program: [awsx, inside], at: "it has no flow log", on: "awsxVpc" },
    "none of the default network": { program: declare("defaultVpc", {}), at: "it has no flow log" },
  },
  undecided: {
    traffic: {
      program: [
        vpc,
        flowLog({ vpcId: "vpc-1", trafficType: later }, { from: { trafficType: [other] } }),
        flowLog({ vpcId: "vpc-2" }, { name: "another" }),
        other,
      ],
      at: "trafficType of its flow log is not known",
      on: "vpc",
    },
    "for which network": {
      program: [vpc, source, flowLog({ vpcId: later }, { from: { vpcId: [source] } })],
      at: "vpcId of a FlowLog is not known",
      on: "vpc",
    },
  },
});
