import { PrincipalAssociation, ResourceAssociation, ResourceShare } from "@pulumi/aws/ram";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { accountIds, keyArns, type TextRule } from "../../model/aws/textRules";
import { longestExpiryDays, longestReminderDays, shortestWarningDays } from "../../model/limits";
import type { ExpiryRule } from "../../model/values/parameterPolicies";
import { checkTags, descriptions, type Tags } from "../argumentRules";
import {
  check,
  checkDistinct,
  checkText,
  checkTexts,
  checkWholeNumber,
  type ArgumentProblem,
  rejectProblems,
} from "../validation";
import { ExpiringParameter } from "../values/expiringParameter";

export interface SecureParameterArgs {
  /** `/{service}/{environment}/{parameter}` */
  readonly parameterName: string;
  /** What it holds; AWS shows it. At most 1,024 characters. */
  readonly description: string;
  /** ARN of the environment's key: RAM shares no parameter under AWS's own. */
  readonly keyArn: Input<string>;
  /** When it ends, or how often somebody is reminded of one that does not. */
  readonly expires: ExpiryRule;
  /** Accounts whose roles read it, 12 digits each; with none it is not shared. */
  readonly readerAccounts: readonly string[];
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * A SecureString that lives in the security account, ends or reminds by itself, and is shared with the accounts that
 * read it, which must belong to the organisation and do so by its full ARN. Sharing inside the organisation has to be
 * enabled once (`aws ram enable-sharing-with-aws-organization`); without it the share waits for an invitation to be
 * accepted. The key is shared by its own policy. Needs the values plugin among its providers.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
 */
export class SecureParameter extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, args: SecureParameterArgs, opts?: ComponentResourceOptions) {
    rejectProblems("SecureParameter", name, problemsOf(args));
    super("secrets-platform:account:SecureParameter", name, {}, opts);
    const parameter = new ExpiringParameter(
      `${name}-parameter`,
      {
        name: args.parameterName,
        description: args.description,
        keyId: args.keyArn,
        expires: args.expires,
        tags: { ...args.tags },
      },
      { parent: this },
    );
    if (args.readerAccounts.length > 0) shareParameter(name, args, parameter, this);
    this.arn = parameter.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

/**
 * RAM shares a parameter by a resource policy on it, and that goes with the parameter when it expires. Made again
 * under the same name it has the same ARN, so neither RAM nor Pulumi would see that nothing is shared any more. Hence
 * the association is replaced with each incarnation of the parameter, the old one first, as RAM takes no second of
 * the same ARN. Share and principals stay. None of them is protected, whatever the parameter is: a protected
 * association could not be replaced, and a reader not be withdrawn.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutResourcePolicy.html
 */
function shareParameter(
  name: string,
  { parameterName, readerAccounts, tags }: SecureParameterArgs,
  parameter: ExpiringParameter,
  parent: Resource,
): void {
  const unprotected = { parent, protect: false };
  const share = new ResourceShare(
    `${name}-share`,
    { name: parameterName.slice(1).replaceAll("/", "-"), allowExternalPrincipals: false, tags },
    unprotected,
  );
  new ResourceAssociation(
    `${name}-shared`,
    { resourceShareArn: share.arn, resourceArn: parameter.arn },
    { ...unprotected, replacementTrigger: parameter.incarnation, deleteBeforeReplace: true },
  );
  for (const account of readerAccounts) {
    new PrincipalAssociation(
      `${name}-reader-${account}`,
      { resourceShareArn: share.arn, principal: account },
      unprotected,
    );
  }
}

function problemsOf(args: SecureParameterArgs): ArgumentProblem[] {
  return [
    ...checkText("parameterName", args.parameterName, parameterNames),
    ...checkText("description", args.description, descriptions(1024)),
    ...checkText("keyArn", args.keyArn, keyArns),
    ...expiryProblems(args.expires),
    ...checkDistinct("readerAccounts", args.readerAccounts),
    ...checkTexts("readerAccounts", args.readerAccounts, accountIds),
    ...checkTags("tags", args.tags),
  ];
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const parameterNames: TextRule = {
  pattern: /^\/(?!aws|ssm)[a-z0-9_.-]+(\/[a-z0-9_.-]+){2}$/i,
  allowed:
    "three parts of letters, digits and `_.-`, each behind a `/`, are allowed, not beginning with aws or ssm",
  remedy: "name it as /{service}/{environment}/{parameter}",
};

function expiryProblems(expires: ExpiryRule): ArgumentProblem[] {
  if (expires.never)
    return checkWholeNumber("expires.remindDays", expires.remindDays, {
      from: 1,
      to: longestReminderDays,
      unit: "days",
    });
  const { afterDays, warnDays } = expires;
  return [
    ...checkWholeNumber("expires.afterDays", afterDays, { from: 1, to: longestExpiryDays, unit: "days" }),
    ...check(
      Number.isInteger(warnDays) && warnDays >= shortestWarningDays && warnDays < afterDays,
      "expires.warnDays",
      {
        found: `${warnDays} was found`,
        allowed: `a whole number of days of at least ${shortestWarningDays}, and less than the ${afterDays} it lives, is allowed`,
        remedy: "warn within them, or let it live longer",
      },
    ),
  ];
}
