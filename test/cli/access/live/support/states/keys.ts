import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  RevokeGrantCommand,
} from "@aws-sdk/client-kms";
import type { Hands } from "../hands";
import { add, allow, replace } from "../edits";
import { prod, security, stranger } from "../names";
import type { State } from "../state";

export function keyStates(hands: Hands): readonly State[] {
  return [
    {
      name: "a key's policy lets its whole account decrypt",
      account: security,
      tamper: hands.keyPolicy(
        security,
        "alias/prod/configuration",
        add(allow("kms:Decrypt", { AWS: `arn:aws:iam::${security}:root` })),
      ),
      says: [
        /^document policy of the key alias\/prod\/configuration in eu-west-1: added by hand: ByHand/,
        /^layer policy of the key alias\/prod\/configuration in 111111111111, eu-west-1: its Allow/,
      ],
    },
    {
      name: "a key's policy lets an outsider decrypt",
      account: security,
      tamper: hands.keyPolicy(
        security,
        "alias/prod/payments",
        add(allow("kms:Decrypt", { AWS: `arn:aws:iam::${stranger}:role/thief` })),
      ),
      says: [/^document policy of the key alias\/prod\/payments in eu-west-1: added by hand: ByHand/],
    },
    {
      name: "a key's policy lets somebody change it",
      account: security,
      tamper: hands.keyPolicy(
        security,
        "alias/prod/payments",
        add(allow("kms:PutKeyPolicy", { AWS: `arn:aws:iam::${security}:role/byhand` })),
      ),
      says: [/^document policy of the key alias\/prod\/payments in eu-west-1: added by hand: ByHand/],
    },
    {
      name: "a copy of a key, in another region, is opened",
      account: security,
      tamper: hands.keyPolicy(
        security,
        "alias/prod/payments",
        add(allow("kms:Decrypt", "*")),
        "eu-central-1",
      ),
      says: [/^document policy of the key alias\/prod\/payments in eu-central-1: added by hand: ByHand/],
    },
    {
      name: "a key's policy forgot through which service",
      account: prod,
      tamper: hands.keyPolicy(
        prod,
        "alias/prod/configuration",
        replace(
          '"kms:ViaService":"ssm.eu-west-1.amazonaws.com"',
          '"kms:ViaService":["ssm.eu-west-1.amazonaws.com","ec2.eu-west-1.amazonaws.com"]',
        ),
      ),
      says: [/^document policy of the key alias\/prod\/configuration in eu-west-1: changed: /],
    },
    {
      name: "a key has a grant that decrypts",
      account: security,
      tamper: async () => {
        const { kms } = hands.at(security);
        const KeyId = hands.keyNamed("alias/prod/configuration");
        const { GrantId } = await kms.send(
          new CreateGrantCommand({
            KeyId,
            GranteePrincipal: `arn:aws:iam::${stranger}:role/thief`,
            Operations: ["Decrypt"],
          }),
        );
        return () => kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
      },
      says: [
        /^grant key alias\/prod\/configuration in eu-west-1: grant \w+ lets arn:aws:iam::444444444444:role\/thief Decrypt/,
      ],
    },
    {
      name: "a key under the platform's aliases is nobody's",
      account: prod,
      tamper: async () => {
        const { kms } = hands.at(prod);
        const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
        await kms.send(
          new CreateAliasCommand({ AliasName: "alias/prod/by-hand", TargetKeyId: KeyMetadata?.KeyId }),
        );
        return () => kms.send(new DeleteAliasCommand({ AliasName: "alias/prod/by-hand" }));
      },
      says: [/^not planned key alias\/prod\/by-hand in eu-west-1/],
    },
    {
      name: "a key lost its alias",
      account: prod,
      tamper: async () => {
        const { kms } = hands.at(prod);
        const TargetKeyId = hands.keyNamed("alias/prod/configuration", prod);
        await kms.send(new DeleteAliasCommand({ AliasName: "alias/prod/configuration" }));
        return () => kms.send(new CreateAliasCommand({ AliasName: "alias/prod/configuration", TargetKeyId }));
      },
      says: [/^missing key alias\/prod\/configuration in eu-west-1/],
    },
  ];
}
