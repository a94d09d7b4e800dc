import { paginateDescribeParameters, type ParameterMetadata } from "@aws-sdk/client-ssm";
import { itemsOf, withCalls } from "../../../aws/pages";
import type { ParameterDocuments } from "../../../model/access/input";
import type { PlatformNames } from "../../../model/proof/live/ours";
import type { Auditor } from "./auditor";
import type { Aliases } from "./readKeys";
import type { ReadShares } from "./readShares";

/**
 * Parameters of one region under the platform's names, with their shares. No value is asked for.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html
 */
export async function readParameters(
  { account, call, in: clients }: Auditor,
  region: string,
  names: PlatformNames,
  { aliases, shares }: { readonly aliases: Aliases; readonly shares: ReadShares["shares"] },
): Promise<readonly ParameterDocuments[]> {
  const target = `the parameters of account ${account}`;
  const client = withCalls(clients(region).ssm, (send) =>
    call({ action: "ssm:DescribeParameters", target }, send),
  );
  const listed: ParameterMetadata[] = await itemsOf(
    paginateDescribeParameters({ client }, { MaxResults: 50 }),
    (page) => page.Parameters,
  );
  return listed
    .filter(({ Name = "" }) => names.hasItem(Name))
    .map(({ Name = "", Type, KeyId }): ParameterDocuments => {
      const arn = `arn:${aliases.partition}:ssm:${region}:${account}:parameter/${Name.replace(/^\//, "")}`;
      const isSecure = Type !== "String" && Type !== "StringList";
      const key = isSecure ? aliases.keyArn(KeyId) : undefined;
      const shared = shares.get(arn);
      return {
        kind: "parameter",
        arn,
        type: isSecure ? "SecureString" : Type,
        ...(key !== undefined && { key }),
        ...(shared !== undefined && { shares: shared }),
      };
    });
}
