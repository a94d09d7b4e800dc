import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  DescribeParametersCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import type { KeyPlan, ParameterPlan, SecretPlan } from "../../../../model/plan/types";
import { parameterPolicies } from "../../../../model/values/parameterPolicies";
import { unsetTag } from "../../../../model/values/tags";
import { unsetParameterValue } from "../../../../model/values/unset";
import { type AwsProxy, startAwsProxy } from "../../../support/moto/awsProxy";
import { parameterPoliciesAsJson } from "../../../support/moto/doubles";
import { startMoto } from "../../../support/moto/startMoto";
import type { Environment } from "./platform";

export const region = "eu-west-1";
export const accounts = { security: "111111111111", staging: "222222222222", prod: "333333333333" } as const;
export type StackName = keyof typeof accounts;

/** The organisation's accounts in an emulator. */
export interface Cloud {
  readonly proxy: AwsProxy;
  /** Credentials of one account's role for writers, as a shell that signed in there has them. */
  signedIn(stack: StackName): Promise<Environment>;
  /** One account as the test itself sees it, beside the proxy. */
  account(stack: StackName): Promise<Account>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface Account {
  /** What `up` makes: a secret, with a stand-in value and the tag of one that was never set. */
  deploySecret(
    secret: Pick<SecretPlan, "name">,
    value?: string,
    isUnset?: boolean,
    kmsKeyId?: string,
  ): Promise<string>;
  /** What `up` makes: key, alias, and the parameter under it, unset. */
  deployParameter(parameter: ParameterPlan, options?: DeployedParameter): Promise<void>;
  /** ARN of the key that the alias leads to, made if it is not there. */
  key(key: Pick<KeyPlan, "alias">): Promise<string>;
  secretValue(name: string): Promise<string>;
  secretTags(name: string): Promise<readonly string[]>;
  parameterValue(name: string): Promise<string>;
  parameterTags(name: string): Promise<readonly string[]>;
  parameter(name: string): Promise<{ keyId?: string; tier?: string; description?: string; policies: string }>;
  readonly ssm: SSMClient;
  readonly secrets: SecretsManagerClient;
}

export interface DeployedParameter {
  readonly writtenAt?: Date;
  readonly value?: string;
  readonly isUnset?: boolean;
  readonly description?: string;
  /** Over the one that is there; without tags then. */
  readonly overwrite?: boolean;
}

export async function startCloud(): Promise<Cloud> {
  const moto = await startMoto();
  const proxy = await startAwsProxy(moto.endpoint, [parameterPoliciesAsJson]);
  const keys = new Map<string, string>();
  return {
    proxy,
    async signedIn(stack) {
      const { accessKeyId, secretAccessKey, sessionToken } = await moto.credentials(
        accounts[stack],
        "platform/secrets-writers",
      );
      return {
        AWS_ENDPOINT_URL: proxy.endpoint,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_SESSION_TOKEN: sessionToken,
      };
    },
    async account(stack) {
      const credentials = await moto.credentials(accounts[stack], "platform-deployer");
      const settings = { region, endpoint: moto.endpoint, credentials };
      const kms = new KMSClient(settings);
      return accountOf(new SecretsManagerClient(settings), new SSMClient(settings), async ({ alias }) => {
        const place = `${stack} ${alias}`;
        const known = keys.get(place);
        if (known !== undefined) return known;
        const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
        const arn = KeyMetadata?.Arn ?? "";
        await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: arn }));
        keys.set(place, arn);
        return arn;
      });
    },
    async reset() {
      keys.clear();
      proxy.forget();
      await moto.reset();
    },
    async stop() {
      await proxy.stop();
      await moto.stop();
    },
  };
}

function accountOf(secrets: SecretsManagerClient, ssm: SSMClient, key: Account["key"]): Account {
  const tagNames = (tags: readonly { Key?: string | undefined }[] = []) => tags.map(({ Key }) => Key ?? "");
  const unsetTags = (isUnset: boolean) => (isUnset ? [{ Key: unsetTag, Value: "true" }] : []);
  return {
    secrets,
    ssm,
    key,
    async deploySecret({ name }, value = "stand-in", isUnset = false, kmsKeyId) {
      const { ARN } = await secrets.send(
        new CreateSecretCommand({
          Name: name,
          SecretString: value,
          Tags: unsetTags(isUnset),
          ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }),
        }),
      );
      return ARN ?? "";
    },
    async deployParameter(parameter, options = {}) {
      const {
        writtenAt = new Date(),
        value = unsetParameterValue,
        isUnset = value === unsetParameterValue,
      } = options;
      await ssm.send(
        new PutParameterCommand({
          Name: parameter.name,
          Description: options.description ?? parameter.description,
          Type: parameter.type,
          Value: parameter.value ?? value,
          ...(parameter.key && { KeyId: await key(parameter.key), Tier: "Advanced" }),
          ...(parameter.expires && { Policies: parameterPolicies(parameter.expires, writtenAt) }),
          ...(parameter.key && isUnset && { Tags: unsetTags(true) }),
          ...(options.overwrite && { Overwrite: true }),
        }),
      );
    },
    secretValue: async (name) =>
      (await secrets.send(new GetSecretValueCommand({ SecretId: name }))).SecretString ?? "",
    secretTags: async (name) =>
      tagNames((await secrets.send(new DescribeSecretCommand({ SecretId: name }))).Tags),
    parameterValue: async (name) =>
      (await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter?.Value ?? "",
    parameterTags: async (name) =>
      tagNames(
        (await ssm.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: name })))
          .TagList,
      ),
    async parameter(name) {
      const { Parameters = [] } = await ssm.send(
        new DescribeParametersCommand({ ParameterFilters: [{ Key: "Name", Values: [name] }] }),
      );
      const { KeyId: keyId, Tier: tier, Description: description, Policies = [] } = Parameters[0] ?? {};
      return {
        ...(keyId !== undefined && { keyId }),
        ...(tier !== undefined && { tier }),
        ...(description !== undefined && { description }),
        policies: Policies.map(({ PolicyText }) => PolicyText).join("\n"),
      };
    },
  };
}
