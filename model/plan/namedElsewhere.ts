import type { Position } from "../yaml/problem";
import type { Plan } from "./types";

/** Something that a manifest names and the platform does not make: only a person knows whether it is the service's own. */
export interface NamedElsewhere {
  readonly service: string;
  readonly environment: string;
  /** Account it lies in. */
  readonly account: string;
  /** In the words of a report: `ECS service`. */
  readonly what: string;
  readonly name: string;
  /** Of the item or consumer that names it. */
  readonly at: Position;
}

/** Each such thing: what is redeployed, read or let in because a manifest says so. Sorted by service. */
export function namedElsewhere({ consumers, managedSecrets, secrets }: Plan): readonly NamedElsewhere[] {
  const ofConsumers = consumers.flatMap(({ settings, service, environment, account, role }) => {
    const named = { service, environment, account, at: settings.at };
    if (settings.kind === "ecs" && settings.rollout !== undefined) {
      const { cluster, service: ecsService } = settings.rollout;
      return [{ ...named, what: "ECS service", name: `${cluster}/${ecsService}` }];
    }
    if (role.pods !== undefined) {
      const { namespace, serviceAccount } = role.pods;
      // A namespace of the service's own name is the service's own.
      if (namespace === service) return [];
      return [{ ...named, what: "service account of EKS", name: `${namespace}/${serviceAccount}` }];
    }
    if (settings.kind !== "codebuild") return [];
    const source = settings.project?.source;
    if (source === undefined || source.type === "GITHUB") return [];
    return [{ ...named, what: "source of a build", name: source.location }];
  });
  const ofManaged = managedSecrets.map(({ service, environment, account, arn, at }) => {
    return { service, environment, account, at, what: "managed secret", name: resourceOf(arn) };
  });
  const ofSecrets = secrets.flatMap(({ service, environment, account, rotation, rotatorRoles, at }) => {
    const { rotator, functionArn } = rotation;
    if (rotator !== undefined || functionArn === undefined) return [];
    const named = { service, environment, account, at, what: "rotation function" };
    return rotatorRoles.map((role) => ({
      ...named,
      name: `${resourceOf(functionArn)} as ${resourceOf(role)}`,
    }));
  });
  return [...ofConsumers, ...ofManaged, ...ofSecrets].sort((one, other) =>
    one.service < other.service ? -1 : one.service > other.service ? 1 : 0,
  );
}

/** `rds!cluster-…`, `rotate-token`, `role/rotation/…`: the last part of an ARN. */
function resourceOf(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}
