import { KMSClient } from "@aws-sdk/client-kms";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import { type AwsProxy, startAwsProxy } from "../../../support/moto/awsProxy";
import { parameterPoliciesAsJson } from "../../../support/moto/doubles";
import { type Moto, type MotoCredentials, startMoto } from "../../../support/moto/startMoto";
import type { EngineOptions } from "../engine";
import type { AwsHandlers } from "../standIn/aws/awsProvider";
import type { Cloud } from "../standIn/cloud/cloud";
import { type RunningFunction, startDeployed } from "./deployedFunction";
import { iamApi, type IamCall } from "./iamApi";
import { aliasHandler, keyHandler } from "./keyHandlers";
import { parameterHandler } from "./parameterHandler";
import { roleHandler, rolePolicyHandler } from "./roleHandlers";
import { secretHandler } from "./secretHandler";
import { secretPolicyHandler, secretRotationHandler } from "./secretSettingHandlers";
import { type SecretVersionsDouble, startSecretVersions } from "./secretVersions";

/** Somewhere in AWS. */
export interface Place {
  account: string;
  region: string;
}

export interface EmulatorOptions {
  /**
   * What the stand-in AWS provider makes here instead of in the ledger. `secrets`: secrets alone. `values`: keys,
   * aliases, secrets with their policies and rotations, plain parameters, roles and their policies; rotations then run
   * the functions that the stacks deployed.
   * @default `secrets`
   */
  serves?: "secrets" | "values";
}

/**
 * An emulator of AWS's APIs for programs whose own plugins call AWS: what the stand-in AWS provider and the plugins
 * make of the types they share lives here, the rest stays in the ledger. Pass `options` to `Engine.start`.
 */
export class Emulator {
  private readonly credentials = new Map<string, Promise<MotoCredentials>>();
  private readonly clients = new Map<string, { destroy(): void }>();
  private readonly functions = new Map<string, Promise<RunningFunction>>();
  private cloud: Cloud | undefined;

  private constructor(
    private readonly moto: Moto,
    /** Sees every call that the plugins and the provider make, and lets a test answer single ones. */
    readonly proxy: AwsProxy,
    private readonly versions: { double?: SecretVersionsDouble },
  ) {}

  /** @throws MissingTool if the emulator cannot be had on this machine */
  static async start({ serves = "secrets" }: EmulatorOptions = {}): Promise<Emulator> {
    const moto = await startMoto();
    if (serves === "secrets") {
      return new Emulator(moto, await startAwsProxy(moto.endpoint, [parameterPoliciesAsJson]), {});
    }
    const double = await startSecretVersions(async (arn, event) =>
      (await emulator.running(arn)).invoke(event),
    );
    const proxy = await startAwsProxy(moto.endpoint, [parameterPoliciesAsJson, double]);
    const emulator: Emulator = new Emulator(moto, proxy, { double });
    return emulator;
  }

  /** How an engine reaches the emulator. */
  get options(): EngineOptions {
    return {
      env: { AWS_ENDPOINT_URL: this.proxy.endpoint },
      credentials: (account) => this.signedIn(account, "deployer"),
      handlers: {
        "aws:secretsmanager/secret:Secret": secretHandler((target) => this.secrets(target)),
        ...(this.versions.double !== undefined && this.valueHandlers()),
      },
    };
  }

  /** Environment of a shell that is signed in to an account as a role, which need not exist. */
  async signedIn(account: string, role: string): Promise<NodeJS.ProcessEnv> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.credentialsOf(account, role);
    return {
      AWS_ENDPOINT_URL: this.proxy.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
  }

  /** Rotations find the functions that they call in this ledger. */
  runFunctionsOf(cloud: Cloud): void {
    this.cloud = cloud;
  }

  /**
   * Waits until no rotation is under way.
   * @throws what a function threw meanwhile
   */
  async rotated(): Promise<void> {
    await this.versions.double?.idle();
    const [failure] = this.versions.double?.failures ?? [];
    if (failure !== undefined) throw new Error(failure);
  }

  /** Everything that rotation functions logged. */
  async functionLogs(): Promise<string> {
    return (await Promise.all(this.functions.values())).map((running) => running.log()).join("\n");
  }

  /** A client of the test's own. */
  async secrets(place: Place): Promise<SecretsManagerClient> {
    return this.client(SecretsManagerClient, place);
  }

  /** A client of the test's own. */
  async parameters(place: Place): Promise<SSMClient> {
    return this.client(SSMClient, place);
  }

  /** A client of the test's own. */
  async keys(place: Place): Promise<KMSClient> {
    return this.client(KMSClient, place);
  }

  /** IAM of an account. */
  async iam(account: string): Promise<IamCall> {
    return iamApi(this.proxy.endpoint, await this.credentialsOf(account, "deployer"));
  }

  async stop(): Promise<void> {
    for (const running of this.functions.values()) await (await running).stop();
    this.clients.forEach((client) => client.destroy());
    await this.proxy.stop();
    await this.versions.double?.close();
    await this.moto.stop();
  }

  private valueHandlers(): AwsHandlers {
    const iam = ({ account }: Place) => this.iam(account);
    return {
      "aws:kms/key:Key": keyHandler((target) => this.keys(target)),
      "aws:kms/alias:Alias": aliasHandler((target) => this.keys(target)),
      "aws:secretsmanager/secretPolicy:SecretPolicy": secretPolicyHandler((target) => this.secrets(target)),
      "aws:secretsmanager/secretRotation:SecretRotation": secretRotationHandler((target) =>
        this.secrets(target),
      ),
      "aws:ssm/parameter:Parameter": parameterHandler((target) => this.parameters(target)),
      "aws:iam/role:Role": roleHandler(iam),
      "aws:iam/rolePolicy:RolePolicy": rolePolicyHandler(iam),
    };
  }

  private async client<Client extends { destroy(): void }>(
    Client: new (options: { region: string; endpoint: string; credentials: MotoCredentials }) => Client,
    { account, region }: Place,
  ): Promise<Client> {
    const key = `${Client.name} ${account} ${region}`;
    const known = this.clients.get(key) as Client | undefined;
    if (known !== undefined) return known;
    const credentials = await this.credentialsOf(account, "deployer");
    const client = new Client({ region, endpoint: this.proxy.endpoint, credentials });
    this.clients.set(key, client);
    return client;
  }

  private async running(functionArn: string): Promise<RunningFunction> {
    const { cloud } = this;
    if (cloud === undefined) throw new Error("the emulator was not told whose functions it is to run");
    const account = functionArn.split(":")[4] ?? "";
    const known =
      this.functions.get(functionArn) ??
      this.signedIn(account, "rotation").then((env) => startDeployed(cloud, functionArn, env));
    this.functions.set(functionArn, known);
    return known;
  }

  private credentialsOf(account: string, role: string): Promise<MotoCredentials> {
    const key = `${account} ${role}`;
    const known = this.credentials.get(key) ?? this.moto.credentials(account, role);
    this.credentials.set(key, known);
    return known;
  }
}
