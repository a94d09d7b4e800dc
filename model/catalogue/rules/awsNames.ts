import {
  consumerName,
  functionName,
  hostedRotatorIdentity,
  keyAlias,
  type KeyOwner,
  parameterName,
  referencesName,
  roleName,
  rotatorName,
  secretName,
} from "../../plan/names";
import { type AwsName, collisions } from "./collisions";
import { entriesOf, type Manifest, placeOf } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import type { KnownEnvironment } from "../options";
import { parseReference } from "../normalise/reference";
import type { Path } from "../../yaml/tree";
import type { Rule } from "./rule";
import { type Given, spelledIn } from "./spelledOut";

/** Whatever two manifests, or two parts of one, would make AWS know by the same name. */
export const awsNames: Rule = ({ manifests, services, environments }) =>
  collisions(
    manifests.flatMap((manifest) =>
      (manifest.draft.environments ?? []).flatMap((name) => {
        const environment = name === undefined ? undefined : environments.get(name);
        return environment === undefined ? [] : namesIn(manifest, environment, services);
      }),
    ),
  );

function namesIn(
  manifest: Manifest,
  environment: KnownEnvironment,
  services: ReadonlyMap<string, Manifest>,
): readonly AwsName[] {
  const keyOwner = (name: string): KeyOwner => ({ name, ownKey: services.get(name)?.draft.key === "own" });
  const service = manifest.service;
  const { account, securityAccount } = environment;
  const named = ({ path, ...name }: Pick<AwsName, "kind" | "scope" | "name"> & { path: Path }): AwsName => ({
    ...name,
    identity: `${service} ${environment.name} ${path.join(".")}`,
    at: placeOf(manifest, path, "key"),
    path: path.join("."),
  });
  const names: AwsName[] = [];
  if (manifest.draft.key === "own") {
    const alias = { kind: "key alias", name: keyAlias(environment.name, service), path: ["key"] };
    names.push(named({ ...alias, scope: securityAccount }), named({ ...alias, scope: account }));
  }
  for (const [secret] of entriesOf(manifest.draft.secrets)) {
    const name = secretName(service, environment.name, secret);
    names.push(named({ kind: "secret", scope: securityAccount, name, path: ["secrets", secret] }));
  }
  for (const [parameter] of entriesOf(manifest.draft.parameters)) {
    const name = parameterName(service, environment.name, parameter);
    names.push(named({ kind: "parameter", scope: account, name, path: ["parameters", parameter] }));
  }
  for (const [secret, { rotation }] of entriesOf(manifest.draft.secrets)) {
    const method = databaseMethod(rotation?.method);
    if (method === undefined || rotation?.hosted === "platform") continue;
    const admin = rotation?.admin === undefined ? undefined : parseReference(rotation.admin, service);
    const parts = hostedRotatorIdentity(
      method,
      keyOwner(service),
      admin && { owner: keyOwner(admin.service), item: admin.item },
    );
    const path = ["secrets", secret, "rotation", admin === undefined ? "method" : "admin"];
    const name = rotatorName(environment.name, parts.join("-"));
    names.push({
      ...named({ kind: "rotation function", scope: securityAccount, name, path }),
      // One application may serve several services.
      identity: [environment.name, ...parts, admin && `${admin.service}/${admin.item}`].join("\n"),
    });
  }
  for (const [consumer, { kind, ...settings }] of entriesOf(manifest.draft.consumers)) {
    const place = { scope: account, path: ["consumers", consumer] };
    const own = [service, environment.name, consumer] as const;
    names.push(
      named({ ...place, kind: "consumer", name: consumerName(...own) }),
      named({ ...place, kind: "parameter", name: referencesName(...own) }),
    );
    const roles =
      kind === "ecs" ? [roleName(...own, "execution"), roleName(...own, "task")] : [roleName(...own)];
    names.push(...roles.map((name) => named({ ...place, kind: "role", name })));
    const association = associationName(settings, environment.name);
    if (kind === "eks" && association !== undefined)
      names.push(named({ ...place, kind: "Pod Identity association", name: association }));
    if (kind === "lambda")
      names.push(named({ ...place, kind: "Lambda function", name: functionName(...own) }));
  }
  return names;
}

/**
 * A cluster gives each service account one role. Undefined where the manifest names no cluster.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-considerations
 */
function associationName(
  { cluster, namespace, serviceAccount }: Pods,
  environment: string,
): string | undefined {
  const parts = [cluster, namespace, serviceAccount].map(
    (given) => spelledIn<string>(environment, [], given)?.value,
  );
  return parts.includes(undefined) ? undefined : parts.join("/");
}

interface Pods {
  readonly cluster?: Given<string>;
  readonly namespace?: Given<string>;
  readonly serviceAccount?: Given<string>;
}
