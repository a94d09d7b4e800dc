import type { Resource } from "../../view/resource";
import { finding, undecided, type Finding, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { textOf, unknown } from "../../view/values";

export const networkFlowLogs: Rule = {
  id: "network-flow-logs",
  title: "A network records who talked to whom in it",
  why: "Values that leave by the network leave no other trace; without flow logs nobody can say where to, or that they did not",
  remedy:
    "Add an `aws.ec2.FlowLog` for the VPC, with `trafficType` ALL, or REJECT where the volume is too much",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP EC2.6", "CIS AWS 3.0 3.7", "Checkov CKV2_AWS_11"],
  stack: {
    types: [types.vpc, types.defaultVpc, types.awsxVpc],
    *check(stack): Iterable<StackFinding> {
      const { logged, open } = flowLogsIn(stack);
      for (const vpc of networksIn(stack)) {
        const found = [vpc.urn, componentOf(vpc.urn)].flatMap((urn) => logged.get(urn) ?? []);
        if (found.includes("logged")) continue;
        const [less = open ? undecided("vpcId of a FlowLog") : none] = found.filter(
          (one) => one !== "logged",
        );
        yield { ...less, urn: vpc.urn };
      }
    },
  },
};

const none: Finding = { message: "it has no flow log" };

/** What is known of a VPC's flow logs: that there is one, or what is wrong with, or not known of, the only one. */
type Logged = "logged" | Finding;

/** By URN of what they are for; `open` where one is for something that is not known yet. */
function flowLogsIn(stack: Stack): { readonly logged: ReadonlyMap<string, Logged>; readonly open: boolean } {
  const logged = new Map<string, Logged>();
  let open = false;
  for (const flowLog of stack.ofType(types.flowLog)) {
    const networks = stack.referred(flowLog, "vpcId").filter(({ type }) => isNetwork(type));
    open ||= networks.length === 0 && flowLog.props["vpcId"] === unknown;
    const found = judge(flowLog);
    for (const { urn } of networks) if (logged.get(urn) !== "logged") logged.set(urn, found);
  }
  return { logged, open };
}

function judge({ props: { trafficType } }: Resource): Logged {
  if (trafficType === unknown) return undecided("trafficType of its flow log");
  return textOf(trafficType) === "ACCEPT"
    ? finding("trafficType of its flow log", "is ACCEPT, so what was refused is not recorded")
    : "logged";
}

/** The VPCs of a stack; a component of awsx stands for its own as long as that is not there. */
function networksIn(stack: Stack): readonly Resource[] {
  const networks = stack.ofType(types.vpc, types.defaultVpc);
  const held = new Set(networks.map(({ urn }) => componentOf(urn)));
  return [...networks, ...stack.ofType(types.awsxVpc).filter(({ urn }) => !held.has(urn))];
}

/** URN of the component of awsx that a VPC would be in: both have the same name. */
function componentOf(urn: string): string {
  return urn.replace(`$${types.vpc}::`, "::");
}

function isNetwork(type: string): boolean {
  return type === types.vpc || type === types.defaultVpc || type === types.awsxVpc;
}
