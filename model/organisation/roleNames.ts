import { z } from "zod";
import { singleSignOnName, singleSignOnPath, singleSignOnRoles } from "../aws/singleSignOn";
import { expecting, refusal } from "../yaml/expectation";

/** A path and a name; https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html */
const plain = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

/** `*` only at the end: patterns of CloudWatch Logs take it nowhere else. */
const plainPattern = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}\*?$|^(?:[\w+=,.@-]+\/)+\*$/;

/** AWS makes up how the names of stack sets' roles end. */
const stackSets = /^stacksets-exec-\*$/;

/** A region stands in the path unless it is us-east-1. */
const singleSignOnInEachAccount =
  /^aws-reserved\/sso\.amazonaws\.com\/(?:(?:\*|(?!us-east-1\/)[a-z]+(?:-[a-z]+)+-\d+)\/)?AWSReservedSSO_[\w+=,.@-]{1,32}_\?{16}$/;

/** In one account the whole name may be known. */
const singleSignOnInOneAccount = new RegExp(
  singleSignOnInEachAccount.source.replace("\\?{16}", "(?:\\?{16}|[0-9a-f]{16})"),
);

const singleSignOn = `of a single sign-on role, such as \`"${singleSignOnRoles("Auditors")}"\`, whose \`*/\` also stands for no region, as in us-east-1`;

/** A role of the same name in each account: the deployer, an administrator, one that may assume a role for people. */
export function roleOfEachAccount() {
  const allowed = `must be the name of a role, such as \`teams/deployer\`, or ${singleSignOn}`;
  return role([plain], singleSignOnInEachAccount, allowed, allowed);
}

/** The same, or those of stack sets. */
export function foundationRole() {
  return role(
    [plain, stackSets],
    singleSignOnInEachAccount,
    "must be the name of a role, such as `OrganizationAccountAccessRole`, or `stacksets-exec-*` for those of stack sets",
  );
}

/** Roles of one account, which alarms take for usual. */
export function rolesOfOneAccount() {
  return role(
    [plainPattern],
    singleSignOnInOneAccount,
    "must be the name of a role, with its path if it has one and `*` at the end at most, such as `rotation/*`",
  );
}

function role(
  forms: readonly RegExp[],
  singleSignOnForm: RegExp,
  allowed: string,
  allowedOfSingleSignOn = `must be the name ${singleSignOn}`,
) {
  const schema = z.string().superRefine((value, context) => {
    if (!namesSingleSignOn(value)) {
      if (forms.some((form) => form.test(value))) return;
      context.addIssue({ code: "custom", ...refusal(allowed) });
    } else if (!singleSignOnForm.test(value)) {
      context.addIssue({ code: "custom", ...refusal(allowedOfSingleSignOn, remedyFor(value)) });
    }
  });
  return expecting(schema, { allowed });
}

/** A path or a name of single sign-on's; by the name alone no role of its would be found. */
function namesSingleSignOn(value: string): boolean {
  return value.startsWith(singleSignOnPath) || new RegExp(`(?:^|/)${singleSignOnName}[^/]*$`).test(value);
}

/** Its spelling, where a permission set can be made out. */
function remedyFor(value: string): string {
  const [, set] = /(?:^|\/)AWSReservedSSO_([\w+=,.@-]{1,32}?)_?(?:[*?]+|[0-9a-f]{16})$/.exec(value) ?? [];
  if (set !== undefined) {
    return (
      `write \`"${singleSignOnRoles(set)}"\` with its quotes, since AWS ends the name in 16 characters, others in each account, ` +
      "and `*` takes sets whose names only begin so"
    );
  }
  return "name one permission set, with sixteen `?` for what AWS adds behind it";
}
