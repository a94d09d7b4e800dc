import type { ModelledAction } from "./actions";
import type { ReadArn } from "./arn";
import type { ShareDocuments } from "./input";
import { likeOneOf } from "./match";
import { byAction, type ReadPolicy } from "./policies";
import type { ReadStatement } from "./statements";

const permissions: Readonly<Record<ShareDocuments["permission"], readonly ModelledAction[]>> = {
  read: ["ssm:GetParameter", "ssm:GetParameters"],
  "read-with-history": ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParameterHistory"],
};

/**
 * Shares of a parameter as the resource policy that they come to: AWS Resource Access Manager lets the accounts call what
 * its managed permission names, and their roles' own policies decide which of them does. Without external principals
 * it lets in only accounts of the owner's organisation.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
 * https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html
 */
export function sharePolicy(
  arn: ReadArn,
  shares: readonly ShareDocuments[],
  organisation: string | undefined,
): ReadPolicy | undefined {
  if (shares.length === 0) return undefined;
  const statements = shares.map(({ name, accounts, external, permission }): ReadStatement => ({
    name,
    effect: "Allow",
    actions: new Set(permissions[permission]),
    resources: [arn.text],
    except: false,
    aboutResource: likeOneOf([arn.text]),
    principals: { everybody: false, accounts: new Set(accounts), roles: new Set() },
    tests: external
      ? []
      : [
          {
            operator: "StringEquals",
            key: "aws:PrincipalOrgID",
            wanted: organisation === undefined ? [] : [organisation],
            holds: ({ by }) => organisation !== undefined && by.organisation === organisation,
            found: ({ by }) => (by.organisation === undefined ? undefined : [by.organisation]),
          },
        ],
  }));
  return { name: `shares of ${arn.resource}`, statements, byAction: byAction(statements) };
}
