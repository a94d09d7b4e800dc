import type {
  Organisation,
  Partition,
  Principals,
  RotationNetwork,
  SecurityStack,
  WorkloadStack,
} from "../../../../model/organisation/types";

/** The sample organisation, as the loader would give it. */

const regions: Readonly<Record<Partition, string>> = {
  aws: "eu-west-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

export const network: RotationNetwork = {
  subnetIds: ["subnet-0a1b2c3d4e5f60001"],
  securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
};

const notices = { email: ["platform-team@example.com"] };

export const principals: Principals = {
  deployer: "platform-deployer",
  administrators: ["platform-administrator", "teams/key-keeper"],
  writers: { trusted: ["aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_SecretsWriters_????????????????"] },
  developers: { trusted: ["teams/developer"], environments: ["staging"] },
  auditors: { trusted: ["teams/auditor"] },
  breakGlass: { trusted: ["teams/on-call"], mfa: "identity-provider" },
};

export function securityStack(
  name: string,
  account: string,
  environments: readonly string[],
  rest: Partial<SecurityStack> = {},
): SecurityStack {
  const rotationNetwork = Object.fromEntries(environments.map((environment) => [environment, network]));
  return { kind: "security", name, account, environments, rotationNetwork, notices, ...rest };
}

export function workloadStack(
  name: string,
  account: string,
  rest: Partial<WorkloadStack> = {},
): WorkloadStack {
  return {
    kind: "workload",
    name,
    account,
    environment: name,
    production: name === "prod",
    network: { cidr: "10.20.0.0/16", availabilityZones: 2, nat: "none" },
    boundary: [],
    notices,
    ...rest,
  };
}

export interface Shape {
  readonly partition?: Partition;
  /** prod's values lie in a security account of their own. */
  readonly sharded?: boolean;
  readonly boundary?: WorkloadStack["boundary"];
}

/** Staging and prod, in one region. */
export function organisation({
  partition = "aws",
  sharded = false,
  boundary = [],
}: Shape = {}): Organisation {
  const archive = { logArchive: { lockDays: 365, keepDays: 2557 } };
  const securities = sharded
    ? [
        securityStack("security", "111111111111", ["staging"], archive),
        securityStack("security-prod", "444444444444", ["prod"]),
      ]
    : [securityStack("security", "111111111111", ["staging", "prod"], archive)];
  return {
    id: "o-exampleorgid",
    partition,
    region: regions[partition],
    stacks: [
      ...securities,
      workloadStack("staging", "222222222222"),
      workloadStack("prod", "333333333333", { boundary }),
    ],
    principals,
  };
}
