import { deletionWindowDays } from "../limits";
import type { Catalogue, Service } from "../catalogue/types";
import type { Environments } from "./environments";
import { keyAlias } from "./names";
import type { EnvironmentPlan, KeyPlan } from "./types";

export type Home = KeyPlan["home"];

export interface Keys {
  readonly all: readonly KeyPlan[];
  /** The key over a service's values in one environment and account: its own, or the environment's. */
  over(service: Service, environment: string, home: Home): KeyPlan;
}

/** Each environment's key in both accounts always exists; a service's own key where it has something to encrypt. */
export function planKeys(catalogue: Catalogue, environments: Environments): Keys {
  const byId = new Map<string, KeyPlan>();
  for (const environment of environments.all) {
    const served = catalogue.services.filter((service) => service.environments.includes(environment.name));
    const sharing = served.filter((service) => !service.ownKey);
    for (const home of ["security", "workload"] as const) {
      add(environmentKey(environment, home, replicaRegions(sharing, home)));
      for (const service of served) {
        if (service.ownKey && encryptsAt(service, home)) add(serviceKey(environment, home, service));
      }
    }
  }
  function add(key: KeyPlan): void {
    byId.set(key.id, key);
  }
  return {
    all: [...byId.values()],
    over(service, environment, home) {
      const alias = service.ownKey ? keyAlias(environment, service.name) : keyAlias(environment);
      const key = byId.get(keyId(home, alias));
      if (key === undefined) throw new Error(`no key ${keyId(home, alias)}`);
      return key;
    },
  };
}

function keyId(home: Home, alias: string): string {
  return `${home}:${alias}`;
}

function environmentKey(environment: EnvironmentPlan, home: Home, regions: readonly string[]): KeyPlan {
  const alias = keyAlias(environment.name);
  return {
    id: keyId(home, alias),
    home,
    environment: environment.name,
    account: environment[home].account,
    alias,
    replicaRegions: regions,
    protected: environment.production,
    deletionWindowDays: deletionWindowDays(environment),
  };
}

function serviceKey(environment: EnvironmentPlan, home: Home, service: Service): KeyPlan {
  const alias = keyAlias(environment.name, service.name);
  return {
    id: keyId(home, alias),
    home,
    environment: environment.name,
    account: environment[home].account,
    alias,
    service: service.name,
    replicaRegions: replicaRegions([service], home),
    protected: environment.production && !service.retire,
    deletionWindowDays: deletionWindowDays(environment),
  };
}

function encryptsAt(service: Service, home: Home): boolean {
  const ownSecrets =
    home === "security" && service.secrets.some(({ rotation }) => rotation.method !== "rds-managed");
  return (
    ownSecrets || service.parameters.some(({ type, home: at }) => type === "SecureString" && at === home)
  );
}

function replicaRegions(services: readonly Service[], home: Home): readonly string[] {
  if (home === "workload") return [];
  const regions = services.flatMap(({ secrets }) => secrets.flatMap(({ replicas }) => replicas));
  return [...new Set(regions)].sort();
}
