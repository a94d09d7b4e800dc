import { SecretsProvider } from "@aws-lambda-powertools/parameters/secrets";
import { SSMProvider } from "@aws-lambda-powertools/parameters/ssm";
import { ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";

/** Seconds. What signs with a key pair may keep it no longer: its rotation waits that long for verifiers. */
const maxAge = 300;

export interface ReadOptions {
  /** Passes over what is kept: for a value that was refused. @default false */
  readonly fresh?: boolean;
}

/**
 * Reads secrets and parameters by ARN with the credentials the SDK finds: those of the function, task, instance or pod.
 * Each is kept in memory for five minutes, so that a rotation is seen then, or at once by asking for it again. A failure
 * is not kept, nor does the old value serve in its place: what was revoked stays revoked.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/parameters/
 */
export class Values {
  readonly #stores = new Map<string, Stores>();
  /** Until when, in milliseconds of the epoch, a secret counts as one that was never rotated. */
  readonly #neverRotated = new Map<string, number>();

  /** The text of AWSCURRENT, or of a parameter. Throws where it cannot be read. */
  async read(arn: string, { fresh = false }: ReadOptions = {}): Promise<string> {
    const { secrets, parameters } = this.#storesOf(arn);
    const options = { maxAge, forceFetch: fresh };
    return isSecret(arn)
      ? text(arn, await secrets.get(arn, options))
      : text(arn, await parameters.get(arn, { ...options, decrypt: true }));
  }

  /** The secret before its last rotation, for what was signed with it and is still under way; undefined before the first. */
  async previous(arn: string, { fresh = false }: ReadOptions = {}): Promise<string | undefined> {
    const sdkOptions = { VersionStage: "AWSPREVIOUS" };
    if (!fresh && Date.now() < (this.#neverRotated.get(arn) ?? 0)) return undefined;
    try {
      const { previous } = this.#storesOf(arn);
      const value = await previous.get(arn, { maxAge, forceFetch: fresh, sdkOptions });
      this.#neverRotated.delete(arn);
      return text(arn, value);
    } catch (error) {
      if (!(error instanceof Error && error.cause instanceof ResourceNotFoundException)) throw error;
      // Powertools keeps no absence.
      this.#neverRotated.set(arn, Date.now() + maxAge * 1000);
      return undefined;
    }
  }

  /** An instance and a pod are not told their region, so the ARN says it. */
  #storesOf(arn: string): Stores {
    const region = arn.split(":")[3] ?? "";
    const stores = this.#stores.get(region) ?? newStores(region);
    this.#stores.set(region, stores);
    return stores;
  }
}

interface Stores {
  readonly secrets: SecretsProvider;
  readonly previous: SecretsProvider;
  readonly parameters: SSMProvider;
}

/** Powertools keeps a value by its name alone, whichever version it is: so the versions before are kept apart. */
function newStores(region: string): Stores {
  const clientConfig = { region };
  return {
    secrets: new SecretsProvider({ clientConfig }),
    previous: new SecretsProvider({ clientConfig }),
    parameters: new SSMProvider({ clientConfig }),
  };
}

function isSecret(arn: string): boolean {
  return arn.split(":")[2] === "secretsmanager";
}

function text(arn: string, value: unknown): string {
  if (typeof value !== "string") throw new Error(`${arn} holds no text`);
  return value;
}
