import type { Clock } from "../../../aws/clock";
import { rotationHandler } from "../../../functions/rotation/handler";
import { generatedOrKeyPair } from "../../../functions/rotation/keyPair/chosen";
import type { KeyPairSettings } from "../../../model/functions/keyPairs";
import { emptyJwks, publishedKeys } from "../../../model/values/jwks";
import { publicKeyIn } from "../../../model/values/keyPair";
import type { InProcess } from "./inProcess";
import type { ParameterStoreDouble } from "./parameterStore";
import { lambdaContext, rotationFunctionArn } from "./rotation";
import type { StoredSecret } from "./secrets";
import type { SecretsManagerDouble } from "./secretsManager";

/** Both services, and one secret in them whose public keys one parameter holds. */
export interface KeyPairWorld {
  readonly service: SecretsManagerDouble;
  readonly store: ParameterStoreDouble;
}

export const parameter = "/orders/prod/token-key.jwks";

export function createKeyPair({ service, store }: KeyPairWorld, name: string, first: string): StoredSecret {
  store.put(parameter, emptyJwks);
  return service.secrets.create(name, first, { rotationFunction: rotationFunctionArn });
}

/** The function in this process, with the settings of that one key pair. */
export function keyPairInProcess(
  { service, store }: KeyPairWorld,
  secret: StoredSecret,
  settings: KeyPairSettings,
  { clock, remaining }: { readonly clock?: Clock; readonly remaining?: number } = {},
): InProcess {
  const lines: string[] = [];
  const all = { secrets: [secret.name], keyPairs: { [secret.name]: settings } };
  const handler = rotationHandler({
    client: service.client(),
    ssm: store.client(),
    rotator: generatedOrKeyPair(all),
    settings: all,
    write: (line) => lines.push(line),
    ...(clock && { clock }),
  });
  const context = lambdaContext(rotationFunctionArn, remaining ?? 600_000);
  return { invoke: (event) => handler(event, context), lines };
}

/** Ids of the keys that are published, in order. */
export function published({ store }: KeyPairWorld): readonly string[] {
  return publishedKeys(store.parameters.get(parameter)?.value ?? "").map(({ kid }) => kid);
}

/** Id of the key of the version with a label. */
export function kidOf({ service }: KeyPairWorld, secret: StoredSecret, label: string): string | undefined {
  return publicKeyIn(service.secrets.holder(secret, label)?.value ?? "")?.kid;
}
