import { FlowLog } from "@pulumi/aws/ec2";
import type { Input, Resource } from "@pulumi/pulumi";
import type { PolicyDocument } from "../../model/documents/policy";
import { roleWithPolicy } from "../account/roleWithPolicy";
import { roleNames, type Tags } from "../argumentRules";
import { checkLogSettings, encryptedLogGroup, logGroupNames, type LogSettings } from "../logGroup";
import { checkPolicy, policyLimits } from "../policyArgument";
import { check, checkText, type ArgumentProblem } from "../validation";

export interface FlowLogSettings {
  readonly logGroupName: string;
  readonly logs: LogSettings;
  /** Which traffic is recorded: everything, or what groups and access lists refused. */
  readonly traffic: "all" | "rejected";
  /** By which VPC Flow Logs writes there (`flowLogTrust`, `flowLogPolicy`). */
  readonly role: {
    readonly name: string;
    readonly trust: Input<PolicyDocument>;
    readonly policy: Input<PolicyDocument>;
  };
}

const trafficTypes = { all: "ALL", rejected: "REJECT" } as const;

/**
 * Who talked to whom in a network, each minute: children `{name}-flow-logs`, its log group and its role. Addresses, ports
 * and numbers of bytes alone; what was said is in none of it.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
 */
export function networkFlowLogs(
  name: string,
  { logGroupName, logs, traffic, role: { name: roleName, ...policies } }: FlowLogSettings,
  { vpcId, tags }: { readonly vpcId: Input<string>; readonly tags: Tags },
  parent: Resource,
): FlowLog {
  const own = `${name}-flow`;
  const logGroup = encryptedLogGroup(own, { logGroupName, logs, tags }, parent);
  const description = "Writes the network's flow logs to their log group";
  const { role, ready } = roleWithPolicy(own, { roleName, description, ...policies, tags }, parent);
  return new FlowLog(
    `${own}-log`,
    {
      vpcId,
      trafficType: trafficTypes[traffic],
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      tags,
    },
    { parent, dependsOn: [ready] },
  );
}

export function checkFlowLogs(
  at: string,
  { logGroupName, logs, traffic, role }: FlowLogSettings,
): ArgumentProblem[] {
  return [
    ...checkText(`${at}.logGroupName`, logGroupName, logGroupNames),
    ...checkLogSettings(`${at}.logs`, logs),
    ...check(Object.hasOwn(trafficTypes, traffic), `${at}.traffic`, {
      found: `${traffic} was found`,
      allowed: "all and rejected are allowed",
      remedy: "choose one of them",
    }),
    ...checkText(`${at}.role.name`, role.name, roleNames),
    ...checkPolicy(`${at}.role.trust`, role.trust, policyLimits.trust),
    ...checkPolicy(`${at}.role.policy`, role.policy, policyLimits.role),
  ];
}
