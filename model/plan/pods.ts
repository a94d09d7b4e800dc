import type { EksConsumerSettings, PerEnvironment } from "../catalogue/types";
import type { PodsPlan } from "./types";

/** The pods that a consumer is in one of its environments. */
export function podsIn(environment: string, settings: EksConsumerSettings): PodsPlan {
  const { namespace, serviceAccount, cluster, oidcProvider } = settings;
  return {
    namespace: valueIn(environment, namespace),
    serviceAccount: valueIn(environment, serviceAccount),
    ...(cluster && { cluster: valueIn(environment, cluster) }),
    ...(oidcProvider && { oidcProvider: valueIn(environment, oidcProvider) }),
  };
}

function valueIn(environment: string, values: PerEnvironment<string>): string {
  const value = values[environment];
  if (value === undefined) throw new Error(`no value for ${environment}`);
  return value;
}
