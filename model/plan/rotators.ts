import type { Catalogue, DatabaseRotation, Rotation, Secret, Service } from "../catalogue/types";
import type { Organisation, RotationNetwork } from "../organisation/types";
import { functionArn, roleArn } from "./arns";
import type { Environments } from "./environments";
import type { Keys } from "./keys";
import { managedAdminsOf } from "./managedAdmin";
import {
  hostedRotatorIdentity,
  hostedStackName,
  hostedStackPrefix,
  platformFunctionNames,
  platformPath,
  rotatorName,
  secretName,
} from "./names";
import type {
  EnvironmentPlan,
  HostedRotatorPlan,
  KeyPlan,
  ManagedAdminsPlan,
  PlatformRotatorPlan,
  RotatorPlan,
} from "./types";

export interface Rotators {
  readonly all: readonly RotatorPlan[];
  /** The function that rotates this secret; undefined for the team's own and for what AWS rotates. */
  of(service: Service, environment: string, secret: Secret): RotatorPlan | undefined;
  /** Name of the secret with the administrator's login, or ARN where a database service manages it; undefined for none. */
  adminOf(rotation: Rotation, environment: string): string | undefined;
  /** All that read this secret as an administrator's login. */
  administeredBy(secretName: string): readonly RotatorPlan[];
  /** The role by which one of these reads this secret of a database service; undefined where none does. */
  administratorsRole(arn: string): string | undefined;
}

/** One function serves all secrets of an environment that are rotated alike; its name says what it does. */
export function planRotators(
  catalogue: Catalogue,
  organisation: Organisation,
  environments: Environments,
  keys: Keys,
): Rotators {
  const byName = new Map<string, Draft>();
  const bySecret = new Map<string, Draft>();
  const byAdmin = new Map<string, Set<Draft>>();
  const services = new Map(catalogue.services.map((service) => [service.name, service]));
  for (const service of catalogue.services) {
    for (const name of service.environments) {
      const environment = environments.named(name);
      for (const secret of service.secrets) {
        const made = draftFor({ service, secret, environment }, organisation, services);
        if (made === undefined) continue;
        const draft = byName.get(made.functionName) ?? made;
        byName.set(draft.functionName, draft);
        const fullName = secretName(service.name, name, secret.name);
        bySecret.set(fullName, draft);
        draft.secrets.push(fullName);
        draft.keys.add(keys.over(service, name, "security"));
        if (secret.rotation.method === "database" && secret.rotation.admin !== undefined) {
          const { service: owner, item } = secret.rotation.admin;
          const managed = managedArn(named(services, owner), item, name);
          if (managed !== undefined) {
            draft.managedAdmins.add(managed);
            continue;
          }
          const admin = secretName(owner, name, item);
          draft.admins.set(admin, keys.over(named(services, owner), name, "security"));
          byAdmin.set(admin, (byAdmin.get(admin) ?? new Set()).add(draft));
        }
      }
    }
  }
  const finished = new Map([...byName.values()].map((draft) => [draft, draft.finish()]));
  const finish = (draft: Draft | undefined) => (draft === undefined ? undefined : finished.get(draft));
  const administratorsRoles = new Map(
    managedAdminsOf({ rotators: [...finished.values()] }).flatMap(({ role, secrets }) =>
      secrets.map((arn) => [arn, role] as const),
    ),
  );
  return {
    all: [...finished.values()],
    of: (service, environment, secret) =>
      finish(bySecret.get(secretName(service.name, environment, secret.name))),
    adminOf(rotation, environment) {
      if (rotation.method !== "database" || rotation.admin === undefined) return undefined;
      const { service, item } = rotation.admin;
      return (
        managedArn(named(services, service), item, environment) ?? secretName(service, environment, item)
      );
    },
    administeredBy: (name) => [...(byAdmin.get(name) ?? [])].flatMap((draft) => finish(draft) ?? []),
    administratorsRole: (arn) => administratorsRoles.get(arn),
  };
}

/** Of a secret that a database service manages; undefined for any other. */
function managedArn({ secrets }: Service, item: string, environment: string): string | undefined {
  const rotation = secrets.find(({ name }) => name === item)?.rotation;
  return rotation?.method === "rds-managed" ? rotation.arn[environment] : undefined;
}

function named(services: ReadonlyMap<string, Service>, name: string): Service {
  const service = services.get(name);
  if (service === undefined) throw new Error(`no service ${name}`);
  return service;
}

interface Draft {
  readonly functionName: string;
  readonly secrets: string[];
  /** Key of each administrator's secret by its name. */
  readonly admins: Map<string, KeyPlan>;
  /** ARNs of the administrators' secrets that a database service manages. */
  readonly managedAdmins: Set<string>;
  /** Over the secrets it rotates. */
  readonly keys: Set<KeyPlan>;
  finish(): RotatorPlan;
}

/** A secret in one environment. */
interface Wanted {
  readonly service: Service;
  readonly secret: Secret;
  readonly environment: EnvironmentPlan;
}

function draftFor(
  { service, secret, environment }: Wanted,
  organisation: Organisation,
  services: ReadonlyMap<string, Service>,
): Draft | undefined {
  const { rotation } = secret;
  switch (rotation.method) {
    case "generated":
      return platformDraft("generated", environment, organisation);
    case "database":
      return rotation.hosted === "platform"
        ? platformDraft("postgres", environment, organisation)
        : hostedDraft({ service, environment }, rotation, organisation, services);
    case "external":
    case "function":
    case "rds-managed":
      return undefined;
  }
}

function platformDraft(
  rotates: PlatformRotatorPlan["rotates"],
  environment: EnvironmentPlan,
  organisation: Organisation,
): Draft {
  const name = rotatorName(environment.name, rotates);
  const place = securityPlace(environment, organisation);
  const common = draft(name, environment, organisation);
  return {
    ...common,
    finish: () => ({
      ...finishCommon(common),
      hosted: "platform",
      rotates,
      roleName: name,
      role: roleArn(place, platformPath, name),
      ...(rotates === "postgres" ? { network: networkOf(environment, organisation) } : {}),
      ...(common.managedAdmins.size > 0 && {
        managedAdmins: managedAdminsIn(environment, organisation, common.managedAdmins),
      }),
    }),
  };
}

function managedAdminsIn(
  { workload: { account } }: EnvironmentPlan,
  { partition }: Organisation,
  secrets: ReadonlySet<string>,
): ManagedAdminsPlan {
  const roleName = platformFunctionNames.administrators;
  const role = roleArn({ partition, account }, platformPath, roleName);
  return { account, roleName, role, secrets: [...secrets].sort() };
}

function hostedDraft(
  { service, environment }: Omit<Wanted, "secret">,
  rotation: DatabaseRotation,
  organisation: Organisation,
  services: ReadonlyMap<string, Service>,
): Draft {
  const admin = rotation.admin && {
    owner: named(services, rotation.admin.service),
    item: rotation.admin.item,
  };
  const identity = hostedRotatorIdentity(rotation, service, admin);
  const stackName = hostedStackName(environment.name, ...identity);
  const place = securityPlace(environment, organisation);
  const common = draft(rotatorName(environment.name, identity.join("-")), environment, organisation);
  return {
    ...common,
    finish: (): HostedRotatorPlan => ({
      ...finishCommon(common),
      ...hostedKeys(common),
      hosted: "aws",
      engine: rotation.engine,
      strategy: rotation.strategy,
      network: networkOf(environment, organisation),
      stackName,
      role: roleArn(place, "/", `${hostedStackPrefix}${stackName}-*`),
    }),
  };
}

/** Which of its keys is which: one over all it rotates, and one over its administrator's secret. */
function hostedKeys({ functionName, keys, admins }: DraftBase) {
  const [secretsKey, ...others] = keys;
  const [adminKey, ...further] = admins.values();
  if (secretsKey === undefined || others.length > 0 || further.length > 0)
    throw new Error(`${functionName} is not for one key and at most one administrator`);
  return { secretsKey, ...(adminKey && { adminKey }) };
}

type DraftBase = Omit<Draft, "finish"> & Pick<RotatorPlan, "environment" | "account" | "functionArn">;

function draft(name: string, environment: EnvironmentPlan, organisation: Organisation): DraftBase {
  return {
    functionName: name,
    functionArn: functionArn(securityPlace(environment, organisation), name),
    environment: environment.name,
    account: environment.security.account,
    secrets: [],
    admins: new Map(),
    managedAdmins: new Set(),
    keys: new Set(),
  };
}

function finishCommon(base: DraftBase) {
  return {
    environment: base.environment,
    account: base.account,
    functionName: base.functionName,
    functionArn: base.functionArn,
    secrets: [...base.secrets],
    admins: [...base.admins.keys()],
    keys: [...new Set([...base.keys, ...base.admins.values()])],
  };
}

function securityPlace(environment: EnvironmentPlan, { partition, region }: Organisation) {
  return { partition, region, account: environment.security.account };
}

function networkOf(environment: EnvironmentPlan, organisation: Organisation): RotationNetwork {
  const stack = organisation.stacks.find(({ name }) => name === environment.security.stack);
  const network = stack?.kind === "security" ? stack.rotationNetwork[environment.name] : undefined;
  if (network === undefined) throw new Error(`no rotation network for ${environment.name}`);
  return network;
}
