import type { Output, Resource } from "@pulumi/pulumi";
import { logRetentionDays } from "../../model/limits";
import type { OperationsKey } from "../../components/account/operationsKey";
import { HostedRotation } from "../../components/security/hostedRotation";
import { RotationFunction } from "../../components/security/rotationFunction";
import type { Connection } from "../../model/values/connectionFields";
import { rotatorPolicy } from "../../model/documents/rotatorPolicy";
import {
  keyPairTimeoutSeconds,
  publicationSeconds,
  type KeyPairSettings,
} from "../../model/functions/keyPairs";
import type { ManagedAdministrator, RotationSettings, SettingsForms } from "../../model/functions/settings";
import type { SecurityStack } from "../../model/organisation/types";
import { isManagedAdmin } from "../../model/plan/managedAdmin";
import type {
  HostedRotatorPlan,
  Plan,
  PlatformRotatorPlan,
  RotatorPlan,
  SecretPlan,
} from "../../model/plan/types";
import type { ProgramInput } from "../programInput";
import { platformTags } from "../account/tags";
import type { Keys } from "../account/environmentKeys";

export interface RotationFunctions {
  /**
   * What must exist before this secret's rotation is turned on; undefined for a function of the team's own. AWS's
   * applications for alternating users need the administrator's secret, so each is made when it is first asked for.
   */
  readyFor(secret: SecretPlan, adminArn: Output<string> | undefined): Resource | undefined;
}

export function rotationFunctions(
  input: ProgramInput,
  { concurrency }: SecurityStack,
  keys: Keys,
  operationsKey: OperationsKey,
): RotationFunctions {
  const made = new Map<string, Resource>();
  return {
    readyFor({ rotation: { rotator } }, adminArn) {
      if (rotator === undefined) return undefined;
      const ready = made.get(rotator.functionName) ?? make(rotator, adminArn);
      made.set(rotator.functionName, ready);
      return ready;
    },
  };

  function make(rotator: RotatorPlan, adminArn: Output<string> | undefined): Resource {
    return rotator.hosted === "aws"
      ? hostedRotation(input, rotator, { keys, operationsKey, adminArn }).ready
      : rotationFunction(input, rotator, operationsKey, concurrency?.functions).ready;
  }
}

function hostedRotation(
  { plan }: ProgramInput,
  rotator: HostedRotatorPlan,
  {
    keys,
    operationsKey,
    adminArn,
  }: {
    readonly keys: Keys;
    readonly operationsKey: OperationsKey;
    readonly adminArn: Output<string> | undefined;
  },
): HostedRotation {
  const { partition, region } = plan.organisation;
  const { engine, strategy, stackName, functionName, network, secretsKey, adminKey = secretsKey } = rotator;
  return new HostedRotation(functionName, {
    engine,
    strategy,
    partition,
    region,
    stackName,
    functionName,
    network,
    keyArn: keys.arn(secretsKey, region),
    logs: { retentionDays: logRetentionDays, keyArn: operationsKey.arn },
    ...(adminArn && { admin: { secretArn: adminArn, keyArn: keys.arn(adminKey, region) } }),
    tags: platformTags(plan, rotator.environment),
  });
}

function rotationFunction(
  { plan, functionCode }: ProgramInput,
  rotator: PlatformRotatorPlan,
  operationsKey: OperationsKey,
  reservedConcurrency: number | undefined,
): RotationFunction {
  const { functionName, roleName, rotates, network } = rotator;
  const what = rotates === "postgres" ? "logins of PostgreSQL databases" : "generated values";
  const connections = plan.secrets.flatMap(({ name, rotation, shape }): [string, Connection][] =>
    rotation.rotator === rotator && shape.form === "database" && shape.connection !== undefined
      ? [[name, shape.connection]]
      : [],
  );
  const settings: RotationSettings = {
    secrets: rotator.secrets,
    ...administrators(plan, rotator),
    ...keyPairs(plan.secrets.filter(({ rotation }) => rotation.rotator === rotator)),
    ...generatedForms(plan.secrets.filter(({ rotation }) => rotation.rotator === rotator)),
    ...(network?.tls !== undefined && { tls: network.tls }),
    ...(connections.length > 0 && { connections: Object.fromEntries(connections) }),
  };
  return new RotationFunction(functionName, {
    functionName,
    roleName,
    description: `Rotates ${what} of ${rotator.environment}`,
    policy: rotatorPolicy(plan, rotator),
    code: functionCode(rotates === "postgres" ? "rotation/postgres" : "rotation/generated", settings),
    logs: { retentionDays: logRetentionDays, keyArn: operationsKey.arn },
    reservedConcurrency,
    ...(network && { network }),
    account: rotator.account,
    ...(settings.keyPairs && { timeoutSeconds: keyPairTimeoutSeconds }),
    tags: platformTags(plan, rotator.environment),
  });
}

function administrators(
  { secrets }: Plan,
  rotator: PlatformRotatorPlan,
): Pick<RotationSettings, "administrators" | "managedAdministrators"> {
  const own: [string, string][] = [];
  const managed: [string, ManagedAdministrator][] = [];
  for (const { name, rotation, shape } of secrets) {
    const { admin } = rotation;
    if (rotation.rotator !== rotator || admin === undefined || shape.form !== "database") continue;
    if (!isManagedAdmin(admin)) {
      own.push([name, admin]);
      continue;
    }
    const role = rotator.managedAdmins?.role;
    if (role === undefined) throw new Error(`no role reads ${admin}`);
    const { host, port } = shape.database;
    managed.push([name, { secret: admin, role, host, port }]);
  }
  return {
    ...(own.length > 0 && { administrators: Object.fromEntries(own) }),
    ...(managed.length > 0 && { managedAdministrators: Object.fromEntries(managed) }),
  };
}

function keyPairs(secrets: readonly SecretPlan[]): Pick<RotationSettings, "keyPairs"> {
  const pairs = secrets.flatMap(({ name, shape }): [string, KeyPairSettings][] => {
    if (shape.form !== "key-pair") return [];
    const { kind, tokenSeconds, publicKeys: parameter } = shape;
    return [[name, { kind, parameter, tokenSeconds, publicationSeconds }]];
  });
  return pairs.length > 0 ? { keyPairs: Object.fromEntries(pairs) } : {};
}

/** In the function's settings, not in a tag: who may tag a secret does not choose how hard its value is to guess. */
function generatedForms(secrets: readonly SecretPlan[]): Pick<RotationSettings, "forms"> {
  const forms = secrets.flatMap(({ name, shape }): [string, SettingsForms][] => {
    if (shape.form === "string" && shape.generated) return [[name, { value: shape.generated }]];
    return shape.form === "fields" && shape.generated ? [[name, { fields: shape.generated }]] : [];
  });
  return forms.length > 0 ? { forms: Object.fromEntries(forms) } : {};
}
