import { rotationHandler } from "../../../functions/rotation/handler";
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

/** The rotation function in this process, allowed to rotate one secret. */
export function rotationInProcess(
  service: SecretsManagerDouble,
  secret: StoredSecret,
  rotator: Rotator,
): InProcess {
  const lines: string[] = [];
  const handler = rotationHandler({
    client: service.client(),
    rotator,
    settings: { secrets: [secret.name] },
    write: (line) => lines.push(line),
  });
  return { invoke: (event) => handler(event, lambdaContext()), lines };
}

/** For PostgreSQL, in plain text unless told otherwise: the tests' server and proxy are on this machine. */
export function postgresInProcess(
  service: SecretsManagerDouble,
  secret: StoredSecret,
  tls: Tls = false,
): InProcess {
  return rotationInProcess(service, secret, postgresRotator(tls));
}
