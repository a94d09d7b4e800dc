import type { Organisation, Partition, SecurityStack, WorkloadStack } from "../organisation/types";

/** An environment that services may name, with the accounts that belong to it. */
export interface KnownEnvironment {
  readonly name: string;
  /** Account of its consumers. */
  readonly account: string;
  /** Account of its keys, secrets and `home: security` parameters. */
  readonly securityAccount: string;
  /** Whether the security account has a network from which its databases can be reached. */
  readonly hasRotationNetwork: boolean;
}

/** What of the organisation a manifest is checked against. */
export interface Surroundings {
  readonly environments: readonly KnownEnvironment[];
  readonly partition: Partition;
  readonly region: string;
}

export interface LoadOptions extends Surroundings {
  /** Root of the repository: what `code` paths and the files of problems are relative to. */
  readonly root: string;
  /** Folder of the manifests. Default: `services` in the root. */
  readonly servicesDirectory?: string;
  /** Contents by file name, taken instead of the folder's. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Take `code` as it is said, for manifests of another state than the root is in. @default it is looked at */
  readonly codeElsewhere?: boolean;
}

/** An environment that no security stack holds is left to the organisation's own checks. */
export function surroundingsOf(organisation: Organisation): Surroundings {
  const workloads = organisation.stacks.filter((stack): stack is WorkloadStack => stack.kind === "workload");
  const securities = organisation.stacks.filter((stack): stack is SecurityStack => stack.kind === "security");
  return {
    partition: organisation.partition,
    region: organisation.region,
    environments: workloads.flatMap(({ environment, account }) => {
      const security = securities.find(({ environments }) => environments.includes(environment));
      if (security === undefined) return [];
      const hasRotationNetwork = Object.hasOwn(security.rotationNetwork, environment);
      return [{ name: environment, account, securityAccount: security.account, hasRotationNetwork }];
    }),
  };
}
