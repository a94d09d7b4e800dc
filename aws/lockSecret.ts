import { PutResourcePolicyCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { lockedSecretPolicy } from "../model/documents/lockedSecretPolicy";
import type { JustMade } from "./passing";

/** Makes one call as its caller makes them all. */
type MakeCall = <T>(
  attempt: { readonly action: string; readonly target: string; readonly justMade: readonly JustMade[] },
  send: () => Promise<T>,
) => Promise<T>;

/**
 * Replaces the policy of a secret by one that lets nobody read it. AWS takes none while a secret is scheduled for
 * deletion, so that this comes right after it was restored.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 */
export async function lockSecret(client: SecretsManagerClient, call: MakeCall, arn: string): Promise<void> {
  await call({ action: "secretsmanager:PutResourcePolicy", target: arn, justMade: ["target"] }, () =>
    client.send(
      new PutResourcePolicyCommand({
        SecretId: arn,
        ResourcePolicy: JSON.stringify(lockedSecretPolicy()),
        BlockPublicPolicy: true,
      }),
    ),
  );
}
