import {
  fromNodeProviderChain,
  fromTemporaryCredentials,
  fromTokenFile,
  fromWebToken,
} from "@aws-sdk/credential-providers";
import type { STSClientConfig } from "@aws-sdk/client-sts";
import type { AwsSettings, RoleToAssume } from "./settings";

/** Fixed keys, or a function that fetches and renews them. */
export type Credentials = NonNullable<STSClientConfig["credentials"]>;

const sessionName = "secrets-platform";

/** Credentials as the settings say: keys or web identity, else a profile or the environment, then each role in turn. */
export function credentials(settings: AwsSettings): Credentials {
  return settings.assumeRoles.reduce<Credentials>(
    (masterCredentials, role) =>
      fromTemporaryCredentials({
        masterCredentials,
        params: assumeRoleRequest(role),
        clientConfig: sts(settings),
      }),
    baseCredentials(settings),
  );
}

function baseCredentials(settings: AwsSettings): Credentials {
  const { accessKey, secretKey, token, assumeRoleWithWebIdentity: web } = settings;
  if (accessKey !== undefined && secretKey !== undefined) {
    return {
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      ...(token === undefined ? {} : { sessionToken: token }),
    };
  }
  if (web?.webIdentityToken !== undefined) {
    return fromWebToken({
      roleArn: web.roleArn,
      roleSessionName: web.sessionName ?? sessionName,
      webIdentityToken: web.webIdentityToken,
      clientConfig: sts(settings),
    });
  }
  if (web !== undefined) {
    return fromTokenFile({
      roleArn: web.roleArn,
      roleSessionName: web.sessionName ?? sessionName,
      clientConfig: sts(settings),
      ...(web.webIdentityTokenFile === undefined ? {} : { webIdentityTokenFile: web.webIdentityTokenFile }),
    });
  }
  return fromNodeProviderChain({
    ...(settings.profile === undefined ? {} : { profile: settings.profile }),
    clientConfig: sts(settings),
  });
}

function assumeRoleRequest(role: RoleToAssume) {
  return {
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName ?? sessionName,
    ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
    ...(role.sourceIdentity === undefined ? {} : { SourceIdentity: role.sourceIdentity }),
    ...(role.policy === undefined ? {} : { Policy: role.policy }),
    ...(role.policyArns === undefined ? {} : { PolicyArns: role.policyArns.map((arn) => ({ arn })) }),
    ...(role.tags === undefined
      ? {}
      : { Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })) }),
    ...(role.transitiveTagKeys === undefined ? {} : { TransitiveTagKeys: [...role.transitiveTagKeys] }),
  };
}

function sts(settings: AwsSettings): { region?: string; endpoint?: string } {
  return {
    ...(settings.region === undefined ? {} : { region: settings.region }),
    ...(settings.endpoints.sts === undefined ? {} : { endpoint: settings.endpoints.sts }),
  };
}
