import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { type AwsProxy, startAwsProxy } from "../../../support/moto/awsProxy";
import { startMoto } from "../../../support/moto/startMoto";
import type { Environment } from "./program";

const region = "eu-west-1";
const account = "111111111111";

/** moto with one account, for examples that read values which no database knows. */
export interface Emulator {
  /** What each example calls, with all its calls. */
  readonly proxy: AwsProxy;
  /** What Lambda, ECS or a developer's shell tell a process. */
  readonly environment: Environment;
  /** A secret with its first value; its ARN. */
  createSecret(name: string, value: string): Promise<string>;
  /**
   * A new version, which becomes AWSCURRENT; the one before is AWSPREVIOUS then.
   * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
   */
  rotate(arn: string, value: string): Promise<void>;
  /** A parameter in plain text; its ARN. */
  putParameter(name: string, value: string): Promise<string>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startEmulator(): Promise<Emulator> {
  const moto = await startMoto();
  const proxy = await startAwsProxy(moto.endpoint);
  const credentials = await moto.credentials(account, "orders-prod-api");
  let settings = { region, endpoint: moto.endpoint, credentials };
  const secrets = () => new SecretsManagerClient(settings);
  const ssm = () => new SSMClient(settings);
  const environment = {
    AWS_ENDPOINT_URL: proxy.endpoint,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
  return {
    proxy,
    environment,
    async createSecret(Name, SecretString) {
      const { ARN = "" } = await secrets().send(new CreateSecretCommand({ Name, SecretString }));
      return ARN;
    },
    async rotate(SecretId, SecretString) {
      await secrets().send(new PutSecretValueCommand({ SecretId, SecretString }));
    },
    async putParameter(Name, Value) {
      await ssm().send(new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true }));
      const { Parameter } = await ssm().send(new GetParameterCommand({ Name }));
      return Parameter?.ARN ?? "";
    },
    async reset() {
      await moto.reset();
      proxy.forget();
      settings = { ...settings, credentials: await moto.credentials(account, "orders-prod-api") };
      Object.assign(environment, {
        AWS_ACCESS_KEY_ID: settings.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: settings.credentials.secretAccessKey,
        AWS_SESSION_TOKEN: settings.credentials.sessionToken,
      });
    },
    async stop() {
      await proxy.stop();
      await moto.stop();
    },
  };
}
