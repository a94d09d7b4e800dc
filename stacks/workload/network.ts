import { logRetentionDays } from "../../model/limits";
import type { OperationsKey } from "../../components/account/operationsKey";
import { Network } from "../../components/workload/network";
import { accountPlace } from "../../model/documents/accountHoldings";
import { flowLogPolicy, flowLogTrust } from "../../model/documents/flowLogPolicies";
import type { WorkloadStack } from "../../model/organisation/types";
import { flowLogGroupName, platformFunctionNames } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "../account/tags";

/**
 * The account's network, with endpoints of its own for every service that values are read through, and records of who
 * talked to whom in it.
 */
export function network(
  { organisation }: Plan,
  { account, network: { flowLogs = {}, ...shape } }: WorkloadStack,
  operationsKey: OperationsKey,
  tags: Tags,
): Network {
  const place = accountPlace(organisation, account);
  return new Network("network", {
    ...shape,
    organisationId: organisation.id,
    place,
    flowLogs: {
      logGroupName: flowLogGroupName,
      logs: { retentionDays: flowLogs.days ?? logRetentionDays, keyArn: operationsKey.arn },
      traffic: flowLogs.traffic ?? "all",
      role: {
        name: platformFunctionNames.flowLogs,
        trust: flowLogTrust(place),
        policy: flowLogPolicy(place),
      },
    },
    tags,
  });
}
