import { PutResourcePolicyCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { lockedSecretPolicy } from "../model/documents/lockedSecretPolicy";
import type { Call } from "./call";

/**
 * Replaces the policy of a secret by one that lets nobody read it. AWS takes none while a secret is scheduled for
 * deletion, so that this comes right after it was restored.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 */
export async function lockSecret(client: SecretsManagerClient, call: Call, arn: string): Promise<void> {
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
