import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { AssumeRole } from "./administrators";
import { clientSettings } from "./clientSettings";

/** Shortest that STS gives; one step of a rotation takes a minute. */
const sessionSeconds = 900;

/**
 * By the STS of the function's own region, which the SDK asks unless told otherwise.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRoleBy(sts = new STSClient(clientSettings)): AssumeRole {
  return async (role, sessionName, { call }) => {
    const input = { RoleArn: role, RoleSessionName: sessionName, DurationSeconds: sessionSeconds };
    const { Credentials: given } = await call("sts:AssumeRole", () => sts.send(new AssumeRoleCommand(input)));
    const {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
    } = given ?? {};
    if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined)
      throw new Error("STS gave no credentials");
    return new SecretsManagerClient({
      ...clientSettings,
      credentials: { accessKeyId, secretAccessKey, sessionToken },
    });
  };
}
