import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { canary } from "../deploy";
import type { Hands } from "../hands";
import { add, allow, drop, replace } from "../edits";
import { api, database, prod, security, stranger } from "../names";
import type { State } from "../state";

export function secretStates(hands: Hands): readonly State[] {
  return [
    {
      name: "a secret's policy lets another account in",
      account: security,
      tamper: hands.secretPolicy(
        database,
        add(allow("secretsmanager:GetSecretValue", { AWS: `arn:aws:iam::${stranger}:root` })),
      ),
      says: [/^document policy of the secret orders\/prod\/database: added by hand: ByHand/],
    },
    {
      name: "a secret's policy lets a role of another service in, by name",
      account: security,
      tamper: hands.secretPolicy(
        database,
        add(
          allow("secretsmanager:GetSecretValue", {
            AWS: `arn:aws:iam::${prod}:role/services/payments/payments-prod-charge`,
          }),
        ),
      ),
      says: [/^document policy of the secret orders\/prod\/database/],
    },
    {
      name: "a secret's policy no longer denies everybody else",
      account: security,
      tamper: hands.secretPolicy(database, drop("NobodyElseReads")),
      says: [
        /^document policy of the secret orders\/prod\/database: taken out: NobodyElseReads/,
        /^layer policy of the secret orders\/prod\/database: its Deny statements say silent/,
      ],
    },
    {
      name: "a secret's policy denies all but one more role",
      account: security,
      tamper: hands.secretPolicy(
        database,
        replace(
          `role/services/orders/${api}"`,
          `role/services/orders/${api}","arn:aws:iam::${prod}:role/byhand"`,
        ),
      ),
      says: [/^document policy of the secret orders\/prod\/database: changed: /],
    },
    {
      name: "a secret has no policy any more",
      account: security,
      tamper: async () => {
        const { secrets } = hands.at(security);
        const { ResourcePolicy } = await secrets.send(new GetResourcePolicyCommand({ SecretId: database }));
        await secrets.send(new DeleteResourcePolicyCommand({ SecretId: database }));
        return () => secrets.send(new PutResourcePolicyCommand({ SecretId: database, ResourcePolicy }));
      },
      says: [
        /^document policy of the secret orders\/prod\/database: taken out: .*NobodyElseReads/,
        /^layer the policy that orders\/prod\/database lacks/,
        /^pair .*orders-prod-api cannot read/,
      ],
    },
    {
      name: "a secret's policy says what is not modelled",
      account: security,
      tamper: hands.secretPolicy(
        database,
        add({
          Sid: "ByHand",
          Effect: "Allow",
          NotPrincipal: { AWS: prod },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
        }),
      ),
      says: [/^document policy of the secret orders\/prod\/database: added by hand: ByHand/],
      undecided: [/secret:orders\/prod\/database-.*NotPrincipal/],
    },
    {
      name: "a secret is under AWS's own key",
      account: security,
      tamper: async () => {
        const { secrets } = hands.at(security);
        const { KmsKeyId } = await secrets.send(new DescribeSecretCommand({ SecretId: database }));
        await secrets.send(
          new UpdateSecretCommand({ SecretId: database, KmsKeyId: "alias/aws/secretsmanager" }),
        );
        return () => secrets.send(new UpdateSecretCommand({ SecretId: database, KmsKeyId }));
      },
      says: [/^setting orders\/prod\/database: is under AWS's own key, not alias\/prod\/configuration/],
    },
    {
      name: "a secret is rotated by another function",
      account: security,
      tamper: () => {
        const arn = [...hands.standIn.rotations.keys()].find((one) =>
          one.includes("secret:orders/prod/webhook-signing-key"),
        )!;
        const was = hands.standIn.rotations.get(arn)!;
        hands.standIn.rotations.set(arn, `arn:aws:lambda:eu-west-1:${security}:function:by-hand`);
        return () => hands.standIn.rotations.set(arn, was);
      },
      says: [
        /^setting orders\/prod\/webhook-signing-key: is rotated by .*by-hand/,
        /^pair .*rotation-prod-generated cannot read/,
      ],
    },
    {
      name: "a secret is not rotated any more",
      account: security,
      tamper: () => {
        const arn = [...hands.standIn.rotations.keys()].find((one) =>
          one.includes("secret:orders/prod/webhook-signing-key"),
        )!;
        const was = hands.standIn.rotations.get(arn)!;
        hands.standIn.rotations.delete(arn);
        return () => hands.standIn.rotations.set(arn, was);
      },
      says: [/^setting orders\/prod\/webhook-signing-key: is rotated by nothing/],
    },
    {
      name: "a secret under the platform's names is in no manifest",
      account: security,
      tamper: async () => {
        const { secrets } = hands.at(security);
        await secrets.send(new CreateSecretCommand({ Name: "orders/prod/by-hand", SecretString: canary }));
        return () =>
          secrets.send(
            new DeleteSecretCommand({ SecretId: "orders/prod/by-hand", ForceDeleteWithoutRecovery: true }),
          );
      },
      says: [/^not planned orders\/prod\/by-hand: no manifest has it in eu-west-1/],
    },
    {
      name: "a secret of a manifest is gone",
      account: security,
      tamper: async () => {
        const { secrets } = hands.at(security);
        await secrets.send(new DeleteSecretCommand({ SecretId: database, RecoveryWindowInDays: 7 }));
        return () => secrets.send(new RestoreSecretCommand({ SecretId: database }));
      },
      says: [/^missing orders\/prod\/database: there is none in eu-west-1/],
    },
    {
      name: "a secret has a copy in another region",
      account: security,
      tamper: async () => {
        const { secrets } = hands.at(security);
        await secrets.send(
          new ReplicateSecretToRegionsCommand({
            SecretId: database,
            AddReplicaRegions: [{ Region: "us-east-1" }],
          }),
        );
        return () =>
          secrets.send(
            new RemoveRegionsFromReplicationCommand({
              SecretId: database,
              RemoveReplicaRegions: ["us-east-1"],
            }),
          );
      },
      says: [/^setting orders\/prod\/database: has a copy in us-east-1 that no manifest has/],
    },
  ];
}
