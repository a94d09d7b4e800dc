import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { awsErrorCode } from "../../aws/errors";
import type { ManagedAdministrator, RotationSettings } from "../../model/functions/settings";
import type { AwsCalls } from "../lambda/awsCalls";
import { RotationError, triedAgain } from "./errors";
import { refuseForeignAdministrator, refuseOtherManagedAdministrator } from "./guard";
import { secretVersions, type SecretDescription } from "./versions";

/** Takes on a role, and ends in a client that makes its calls as that role. Errors of the SDK pass through. */
export type AssumeRole = (
  role: string,
  sessionName: string,
  aws: Pick<AwsCalls, "call">,
) => Promise<SecretsManagerClient>;

interface Readers {
  readonly client: SecretsManagerClient;
  /** Absent where the function has no administrators of database services. */
  readonly assumeRole?: AssumeRole | undefined;
  readonly settings: Pick<RotationSettings, "administrators" | "managedAdministrators">;
  readonly functionName: string;
  readonly aws: AwsCalls;
}

/**
 * The current value of the administrator's secret that a secret's value names, undefined where it has none; of one that a
 * database service manages as the value of any other would be, with the server that the settings say.
 * @throws RotationError for any but the one this function was deployed with for the secret
 */
export async function readAdministrator(
  secret: Pick<SecretDescription, "arn" | "name">,
  named: string,
  readers: Readers,
): Promise<string | undefined> {
  const { client, settings, aws } = readers;
  const { administrators = {}, managedAdministrators = {} } = settings;
  const managed = Object.hasOwn(managedAdministrators, secret.name)
    ? managedAdministrators[secret.name]
    : undefined;
  if (managed === undefined) {
    refuseForeignAdministrator(secret, named, administrators);
    return secretVersions(client, named, aws).readStored("AWSCURRENT");
  }
  refuseOtherManagedAdministrator(secret, named, managed.secret);
  return readManaged(managed, readers);
}

/** By a role of the secret's own account: another account's is let in by a policy of the secret alone, which is not ours. */
async function readManaged(
  { secret, role, host, port }: ManagedAdministrator,
  { assumeRole, functionName, aws }: Readers,
): Promise<string> {
  if (assumeRole === undefined) throw new Error("this function takes on no role");
  const client = await assumeRole(role, functionName, aws).catch((error: unknown) => {
    throw isDenied(error) ? notAssumed(role) : error;
  });
  const value = await secretVersions(client, secret, aws)
    .readStored("AWSCURRENT")
    .catch((error: unknown) => {
      throw isDenied(error) ? notRead(secret, role) : error;
    })
    .finally(() => client.destroy());
  const login = value === undefined ? undefined : loginIn(value);
  if (login === undefined) throw noLogin(secret);
  return JSON.stringify({ ...login, host, port });
}

/** Nothing else of the value counts: which server it is for is the manifest's to say. */
function loginIn(value: string): { readonly username: string; readonly password: string } | undefined {
  try {
    const { username, password } = Object(JSON.parse(value)) as Readonly<Record<string, unknown>>;
    return typeof username === "string" && typeof password === "string" ? { username, password } : undefined;
  } catch {
    // The error is not passed on: it quotes the text, which is a secret value.
    return undefined;
  }
}

/** `AccessDenied` of STS, `AccessDeniedException` of Secrets Manager. */
function isDenied(error: unknown): boolean {
  return error instanceof Error && awsErrorCode(error).startsWith("AccessDenied");
}

function notAssumed(role: string): RotationError {
  return new RotationError(
    `the role ${role}, by which the administrator's login is read, does not let this function in`,
    `deploy the stack of that account (pulumi up --refresh --policy-pack policies); ${triedAgain}`,
  );
}

function notRead(secret: string, role: string): RotationError {
  return new RotationError(
    `the role ${role} may not read the administrator's secret ${secret}`,
    "deploy the stack of that account (pulumi up --refresh --policy-pack policies); where the secret is under a customer's key, " +
      `let the role decrypt in that key's policy (kms:Decrypt); ${triedAgain}`,
  );
}

function noLogin(secret: string): RotationError {
  return new RotationError(
    `the administrator's secret ${secret}, which the database service manages, has no username and password`,
    "see in the database service whether it still manages that login, or name another administrator in the manifest",
  );
}
