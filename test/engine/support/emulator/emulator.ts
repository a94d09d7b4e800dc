import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { type AwsProxy, startAwsProxy } from "../../../support/moto/awsProxy";
import { parameterPoliciesAsJson } from "../../../support/moto/doubles";
import { type Moto, type MotoCredentials, startMoto } from "../../../support/moto/startMoto";
import type { EngineOptions } from "../engine";
import { secretHandler } from "./secretHandler";

/** Somewhere in AWS. */
export interface Place {
  account: string;
  region: string;
}

/**
 * An emulator of AWS's APIs for programs whose own plugins call AWS: what the stand-in AWS provider and the plugins
 * make of the types they share lives here, the rest stays in the ledger. Pass `options` to `Engine.start`.
 */
export class Emulator {
  private readonly credentials = new Map<string, Promise<MotoCredentials>>();
  private readonly clients = new Map<string, SecretsManagerClient>();

  private constructor(
    private readonly moto: Moto,
    /** Sees every call that the plugins and the provider make, and lets a test answer single ones. */
    readonly proxy: AwsProxy,
  ) {}

  /** @throws MissingTool if the emulator cannot be had on this machine */
  static async start(): Promise<Emulator> {
    const moto = await startMoto();
    return new Emulator(moto, await startAwsProxy(moto.endpoint, [parameterPoliciesAsJson]));
  }

  /** How an engine reaches the emulator. */
  get options(): EngineOptions {
    return {
      env: { AWS_ENDPOINT_URL: this.proxy.endpoint },
      credentials: async (account) => {
        const { accessKeyId, secretAccessKey, sessionToken } = await this.credentialsOf(account);
        return {
          AWS_ACCESS_KEY_ID: accessKeyId,
          AWS_SECRET_ACCESS_KEY: secretAccessKey,
          AWS_SESSION_TOKEN: sessionToken,
        };
      },
      handlers: { "aws:secretsmanager/secret:Secret": secretHandler((target) => this.secrets(target)) },
    };
  }

  /** A client of the test's own. */
  async secrets(place: Place): Promise<SecretsManagerClient> {
    const key = `${place.account} ${place.region}`;
    const client = this.clients.get(key) ?? new SecretsManagerClient(await this.clientOptions(place));
    this.clients.set(key, client);
    return client;
  }

  /** A client of the test's own. */
  async parameters(place: Place): Promise<SSMClient> {
    return new SSMClient(await this.clientOptions(place));
  }

  async stop(): Promise<void> {
    this.clients.forEach((client) => client.destroy());
    await this.proxy.stop();
    await this.moto.stop();
  }

  private async clientOptions({ account, region }: Place) {
    return { region, endpoint: this.proxy.endpoint, credentials: await this.credentialsOf(account) };
  }

  private credentialsOf(account: string): Promise<MotoCredentials> {
    const known = this.credentials.get(account) ?? this.moto.credentials(account, "deployer");
    this.credentials.set(account, known);
    return known;
  }
}
