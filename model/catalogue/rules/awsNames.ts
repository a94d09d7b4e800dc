import {
  consumerName,
  functionName,
  keyAlias,
  parameterName,
  roleName,
  rotatorName,
  secretName,
} from "../../plan/names";
import { type AwsName, collisions } from "../collisions";
import { entriesOf, type Manifest, placeOf } from "../manifest";
import { databaseMethod } from "../methods";
import type { KnownEnvironment } from "../options";
import type { Path } from "../tree";
import type { Rule } from "./rule";

/** Whatever two manifests, or two parts of one, would make AWS know by the same name. */
export const awsNames: Rule = ({ manifests, environments }) =>
  collisions(
    manifests.flatMap((manifest) =>
      (manifest.draft.environments ?? []).flatMap((name) => {
        const environment = name === undefined ? undefined : environments.get(name);
        return environment === undefined ? [] : namesIn(manifest, environment);
      }),
    ),
  );

function namesIn(manifest: Manifest, environment: KnownEnvironment): readonly AwsName[] {
  const service = manifest.service;
  const { account, securityAccount } = environment;
  const named = (
    kind: string,
    scope: string,
    name: string,
    path: Path,
    identity = path.join("."),
  ): AwsName => ({
    kind,
    scope,
    name,
    identity: `${service} ${environment.name} ${identity}`,
    at: placeOf(manifest, path, "key"),
    path: path.join("."),
  });
  const names: AwsName[] = [];
  if (manifest.draft.key === "own") {
    const alias = keyAlias(environment.name, service);
    names.push(
      named("key alias", securityAccount, alias, ["key"]),
      named("key alias", account, alias, ["key"]),
    );
  }
  for (const [secret] of entriesOf(manifest.draft.secrets)) {
    names.push(
      named("secret", securityAccount, secretName(service, environment.name, secret), ["secrets", secret]),
    );
  }
  for (const [parameter] of entriesOf(manifest.draft.parameters)) {
    const name = parameterName(service, environment.name, parameter);
    names.push(named("parameter", account, name, ["parameters", parameter]));
  }
  for (const [secret, { rotation }] of entriesOf(manifest.draft.secrets)) {
    const method = rotation?.method ?? "";
    if (
      databaseMethod(method) === undefined ||
      rotation?.admin === undefined ||
      rotation.hosted === "platform"
    )
      continue;
    const name = rotatorName(environment.name, `${method}-${service}-${rotation.admin}`);
    const identity = `${method} ${rotation.admin}`;
    names.push(
      named("rotation function", securityAccount, name, ["secrets", secret, "rotation", "admin"], identity),
    );
  }
  for (const [consumer, { kind }] of entriesOf(manifest.draft.consumers)) {
    const path = ["consumers", consumer];
    const own = [service, environment.name, consumer] as const;
    names.push(named("consumer", account, consumerName(...own), path));
    const roles =
      kind === "ecs" ? [roleName(...own, "execution"), roleName(...own, "task")] : [roleName(...own)];
    names.push(...roles.map((role) => named("role", account, role, path)));
    if (kind === "lambda") names.push(named("Lambda function", account, functionName(...own), path));
  }
  return names;
}
