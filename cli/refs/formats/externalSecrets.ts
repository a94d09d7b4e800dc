import type { ConsumerPlan } from "../../../model/plan/types";
import type { Located, Subject } from "../subject";
import { yamlText } from "../../../model/yaml/yamlText";

/**
 * Stores and secrets of the External Secrets Operator, which log in with the role of the pod it runs in or of a service
 * account that is named there. What is injected goes by its variable, what is read by its name in the manifest.
 * https://external-secrets.io/latest/api/externalsecret/
 * https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export function externalSecrets({ consumer, place, injected, read }: Subject): string {
  const all = [...injected, ...read];
  const parameters = all.filter(({ item }) => item.kind === "parameter");
  const secrets = all.filter((one) => !parameters.includes(one));
  const name = objectName(consumer);
  const documents = [
    ...(secrets.length > 0 ? [store(`${name}-secrets`, "SecretsManager", place.region)] : []),
    ...(secrets.length > 0 ? [secret(`${name}-secrets`, secrets)] : []),
    ...(parameters.length > 0 ? [store(`${name}-parameters`, "ParameterStore", place.region)] : []),
    ...(parameters.length > 0 ? [secret(`${name}-parameters`, parameters)] : []),
  ];
  return documents.map(yamlText).join("---\n");
}

const apiVersion = "external-secrets.io/v1";

function store(name: string, service: "SecretsManager" | "ParameterStore", region: string) {
  return {
    apiVersion,
    kind: "SecretStore",
    metadata: { name },
    spec: { provider: { aws: { service, region } } },
  };
}

function secret(name: string, all: readonly Located[]) {
  return {
    apiVersion,
    kind: "ExternalSecret",
    metadata: { name },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { name, kind: "SecretStore" },
      target: { name },
      data: all.map((one) => ({
        secretKey: keyOf(one),
        remoteRef: { key: one.arn, ...(one.field !== undefined && { property: one.field }) },
      })),
    },
  };
}

/**
 * A name that Kubernetes takes: an environment's may hold what it does not.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names
 */
export function objectName({ name }: Pick<ConsumerPlan, "name">): string {
  return name.toLowerCase().replace(/[^a-z0-9.-]/g, "-");
}

/** Keys of a Kubernetes Secret take no slash. */
export function keyOf({ holds, variable, named }: Located): string {
  return holds === "value" ? variable : named.replace("/", ".");
}
