import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Clock } from "../../../aws/clock";
import { managedByTag, managedByValue } from "../../../model/values/tags";
import { openSession } from "../../../provider/aws/session";
import { pluginHandlers } from "../../../provider/handlers";
import type { EngineLog } from "../../../provider/protocol/engineLog";
import type { FunctionHandler, PluginHandlers, ResourceHandler } from "../../../provider/protocol/handlers";
import { type AwsProxy, startAwsProxy } from "../../support/moto/awsProxy";
import { parameterPoliciesAsJson } from "../../support/moto/doubles";
import { startMoto } from "../../support/moto/startMoto";

export const account = "111111111111";
export const region = "eu-west-1";
export const keyArn = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** An emulated account, the proxy the plugin reaches it by, and clients of the test's own beside the proxy. */
export interface Cloud {
  readonly proxy: AwsProxy;
  readonly secrets: SecretsManagerClient;
  readonly ssm: SSMClient;
  /** Of the provider resource; leads to the proxy. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** Forgets what is in the account, the recorded calls and the doubles. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startCloud(): Promise<Cloud> {
  const moto = await startMoto();
  const proxy = await startAwsProxy(moto.endpoint, [parameterPoliciesAsJson]);
  const { endpoint } = proxy;
  // They end with each reset of the emulator.
  let credentials = await moto.credentials(account, "deployer");
  const own = { region, endpoint: moto.endpoint, credentials: () => Promise.resolve(credentials) };
  let clients = { secrets: new SecretsManagerClient(own), ssm: new SSMClient(own) };
  return {
    proxy,
    get secrets() {
      return clients.secrets;
    },
    get ssm() {
      return clients.ssm;
    },
    get configuration() {
      return {
        region,
        accessKey: credentials.accessKeyId,
        secretKey: credentials.secretAccessKey,
        token: credentials.sessionToken,
        allowedAccountIds: [account],
        endpoints: [{ secretsmanager: endpoint, ssm: endpoint, sts: endpoint }],
      };
    },
    async reset() {
      await moto.reset();
      proxy.forget();
      credentials = await moto.credentials(account, "deployer");
      clients = { secrets: new SecretsManagerClient(own), ssm: new SSMClient(own) };
    },
    async stop() {
      await proxy.stop();
      await moto.stop();
    },
  };
}

/** The plugin's handlers, configured, with what they log. */
export interface TestedPlugin {
  readonly handlers: PluginHandlers;
  readonly secretValue: ResourceHandler;
  readonly parameter: ResourceHandler;
  readonly restoreSecrets: FunctionHandler;
  readonly logged: { severity: "info" | "warning"; urn: string; message: string }[];
}

export interface PluginOptions {
  readonly changed?: Record<string, unknown>;
  /** Requests for one call. */
  readonly attempts?: number;
  readonly clock?: Clock;
}

export function plugin(
  configuration: Readonly<Record<string, unknown>>,
  { changed = {}, attempts, clock }: PluginOptions = {},
): TestedPlugin {
  const logged: TestedPlugin["logged"] = [];
  const log: EngineLog = {
    info: (urn, message) => Promise.resolve(void logged.push({ severity: "info", urn, message })),
    warn: (urn, message) => Promise.resolve(void logged.push({ severity: "warning", urn, message })),
    connect: () => undefined,
  };
  const handlers = pluginHandlers(log, (settings) => openSession(settings, attempts, clock));
  handlers.configure({ ...configuration, ...changed });
  const { SecretValue: secretValue, ExpiringParameter: parameter } = Object.fromEntries(
    Object.entries(handlers.resources).map(([token, handler]) => [token.split(":")[2], handler]),
  );
  const restoreSecrets = handlers.functions["secrets-platform:index:restoreSecrets"];
  if (secretValue === undefined || parameter === undefined || restoreSecrets === undefined)
    throw new Error("the plugin lacks a type or function");
  return { handlers, secretValue, parameter, restoreSecrets, logged };
}

export const urn = (type: string, name: string): string =>
  `urn:pulumi:security::platform::secrets-platform:index:${type}::${name}`;

/** Makes an empty secret and gives its ARN. */
export async function makeSecret(
  cloud: Cloud,
  name: string,
  value?: string,
  { tags = {}, kmsKeyId }: { tags?: Record<string, string>; kmsKeyId?: string } = {},
): Promise<string> {
  const { ARN } = await cloud.secrets.send(
    new CreateSecretCommand({
      Name: name,
      ...(value === undefined ? {} : { SecretString: value }),
      ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  return ARN ?? "";
}

/** What the program makes a secret with, so that it is known to be the platform's. */
export const ours = { tags: { [managedByTag]: managedByValue }, kmsKeyId: keyArn };

export async function readValue(cloud: Cloud, secretId: string): Promise<string> {
  const answer = await cloud.secrets.send(
    new GetSecretValueCommand({ SecretId: secretId, VersionStage: "AWSCURRENT" }),
  );
  return answer.SecretString ?? "";
}

/** Staging labels by version, and tags, of a secret. moto lists versions without labels, which AWS does not. */
export async function metadata(cloud: Cloud, secretId: string) {
  const answer = await cloud.secrets.send(new DescribeSecretCommand({ SecretId: secretId }));
  return {
    stages: Object.fromEntries(
      Object.entries(answer.VersionIdsToStages ?? {}).filter(([, stages]) => stages.length > 0),
    ),
    tags: Object.fromEntries((answer.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
  };
}
