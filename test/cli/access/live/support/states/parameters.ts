import { DeleteParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { canary } from "../deploy";
import type { Hands } from "../hands";
import { prod, security, staging, token } from "../names";
import type { State } from "../state";

export function parameterStates(hands: Hands): readonly State[] {
  return [
    {
      name: "a parameter is shared with another account",
      account: security,
      tamper: hands.share((one) => ({ ...one, accounts: [...one.accounts, staging] })),
      says: [
        /^share orders\/prod\/partner-token: is shared with 222222222222, 333333333333 to read, not with 333333333333 to read/,
      ],
    },
    {
      name: "a parameter is shared outside the organisation, with its past",
      account: security,
      tamper: hands.share((one) => ({ ...one, external: true, permission: "read-with-history" })),
      says: [
        /^share orders\/prod\/partner-token: is shared with 333333333333 to read-with-history, outside the organisation as well/,
        /^layer shares of parameter\/orders\/prod\/partner-token/,
      ],
    },
    {
      name: "a parameter is shared with the whole organisation",
      account: security,
      tamper: hands.share((one) => ({
        ...one,
        others: [`arn:aws:organizations::${security}:organization/o-exampleorgid`],
      })),
      says: [
        /^share orders\/prod\/partner-token: the share .* is with arn:aws:organizations.*, which is no account/,
      ],
    },
    {
      name: "a parameter is not shared any more",
      account: security,
      tamper: () => {
        hands.standIn.shares = hands.standIn.shares.filter(
          ({ items }) => !items.some((one) => one.endsWith(token)),
        );
        return () => (hands.standIn.shares = hands.deployedShares);
      },
      says: [
        /^share orders\/prod\/partner-token: is shared with nobody/,
        /^pair .*cannot read .*partner-token/,
      ],
    },
    {
      name: "a parameter under the platform's names is in no manifest",
      account: prod,
      tamper: async () => {
        const { ssm } = hands.at(prod);
        await ssm.send(
          new PutParameterCommand({ Name: "/orders/prod/by-hand", Type: "String", Value: canary }),
        );
        return () => ssm.send(new DeleteParameterCommand({ Name: "/orders/prod/by-hand" }));
      },
      says: [/^not planned orders\/prod\/by-hand: no manifest has it in eu-west-1/],
    },
    {
      name: "a SecureString became plain text",
      account: prod,
      tamper: async () => {
        const { ssm } = hands.at(prod);
        const Name = "/catalog/prod/supplier-login";
        const KeyId = hands.keyNamed("alias/prod/configuration", prod);
        await ssm.send(new DeleteParameterCommand({ Name }));
        await ssm.send(new PutParameterCommand({ Name, Type: "String", Value: canary }));
        return async () => {
          await ssm.send(new DeleteParameterCommand({ Name }));
          await ssm.send(new PutParameterCommand({ Name, Type: "SecureString", Value: canary, KeyId }));
        };
      },
      says: [
        /^setting catalog\/prod\/supplier-login: is a String, not a SecureString/,
        /^pair any administrator of 333333333333 can read .*supplier-login/,
      ],
    },
  ];
}
