import type { Clock } from "../../../aws/clock";
import { rotationHandler } from "../../../functions/rotation/handler";
import type { LambdaContext } from "../../../functions/lambda/context";
import { parseSecretArn } from "../../../functions/rotation/secretArn";
import { postgresRotator } from "../../../functions/rotation/postgres/rotator";
import type { Tls } from "../../../functions/rotation/postgres/tls";
import type { Rotator } from "../../../functions/rotation/rotator";
import { lambdaContext, type Invoke } from "./rotation";
import type { StoredSecret } from "./secrets";
import type { SecretsManagerDouble } from "./secretsManager";

export interface InProcess {
  readonly invoke: Invoke;
  /** Everything written to the log. */
  readonly lines: string[];
}

/** The rotation function in this process, allowed to rotate one secret, and by the administrators given. */
export function rotationInProcess(
  service: SecretsManagerDouble,
  secret: StoredSecret,
  rotator: Rotator,
  {
    administrators,
    clock,
    context = lambdaContext(),
  }: {
    administrators?: Readonly<Record<string, string>> | undefined;
    clock?: Clock;
    context?: LambdaContext;
  } = {},
): InProcess {
  const lines: string[] = [];
  const handler = rotationHandler({
    client: service.client(),
    rotator,
    settings: { secrets: [secret.name], administrators: administrators ?? administratorIn(service, secret) },
    write: (line) => lines.push(line),
    ...(clock && { clock }),
  });
  return { invoke: (event) => handler(event, context), lines };
}

/** What the stacks would deploy the function with: the administrator that the secret's value names at first. */
export function administratorIn(
  { secrets }: SecretsManagerDouble,
  secret: StoredSecret,
): Readonly<Record<string, string>> {
  const current = secrets.holder(secret, "AWSCURRENT")?.value ?? "";
  const named = /"masterarn":"([^"]+)"/.exec(current)?.[1];
  return named === undefined ? {} : { [secret.name]: parseSecretArn(named)?.name ?? named };
}

/** For PostgreSQL, in plain text unless told otherwise: the tests' server and proxy are on this machine. */
export function postgresInProcess(
  service: SecretsManagerDouble,
  secret: StoredSecret,
  tls: Tls = false,
  administrators = administratorIn(service, secret),
): InProcess {
  return rotationInProcess(service, secret, postgresRotator(tls), { administrators });
}
