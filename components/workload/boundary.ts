import { Policy } from "@pulumi/aws/iam";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import { accountIds, type TextRule } from "../../model/aws/textRules";
import { policyLimits } from "../../model/aws/quotas";
import { type PolicyDocument, policyText } from "../../model/documents/policy";
import type { Partition } from "../../model/aws/partitions";
import { platformPath } from "../../model/plan/names";
import { checkTags, type Tags } from "../argumentRules";
import { policyJson } from "../policyArgument";
import { type ArgumentProblem, check, checkText, rejectProblems } from "../validation";

export interface BoundaryArgs {
  /** Name of the managed policy, `services-boundary-{environment}`; unique in the account. */
  readonly name: string;
  /** The most any role under `/services/` may do; at most 6,144 characters. */
  readonly document: PolicyDocument;
  readonly partition: Partition;
  /** Account that holds the policy and the roles; 12 digits. */
  readonly account: string;
  readonly tags: Tags;
}

/** What a role needs to know of its permissions boundary. */
export interface BoundaryReference {
  /** Known before the policy exists, so that rules can judge the roles in a preview. */
  readonly arn: string;
  /** What the roles wait for. */
  readonly policy: Resource;
}

/**
 * The permissions boundary of every role under `/services/` in one workload account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export class Boundary extends ComponentResource implements BoundaryReference {
  readonly arn: string;
  readonly policy: Policy;

  constructor(name: string, args: BoundaryArgs, opts?: ComponentResourceOptions) {
    rejectProblems("Boundary", name, problemsOf(args));
    super("secrets-platform:workload:Boundary", name, {}, opts);
    this.arn = `arn:${args.partition}:iam::${args.account}:policy${platformPath}${args.name}`;
    this.policy = new Policy(
      `${name}-policy`,
      {
        name: args.name,
        path: platformPath,
        description: "The most that roles under /services/ may do",
        policy: policyJson(args.document),
        tags: args.tags,
      },
      { parent: this },
    );
    this.registerOutputs({ arn: this.arn });
  }
}

const policyNames: TextRule = {
  pattern: /^[\w+=,.@-]{1,128}$/,
  allowed: "1 to 128 letters, digits and `_+=,.@-` are allowed",
  remedy: "shorten it or replace the other characters",
};

function problemsOf(args: BoundaryArgs): ArgumentProblem[] {
  const { length } = policyText(args.document);
  return [
    checkText("name", args.name, policyNames),
    checkText("account", args.account, accountIds),
    check(length <= policyLimits.boundary, "document", {
      found: `${length} characters were found, ${length - policyLimits.boundary} too many`,
      allowed: `a managed policy takes at most ${policyLimits.boundary}`,
      remedy: "shorten the stack's `boundary` setting",
    }),
    checkTags("tags", args.tags),
  ].flat();
}
