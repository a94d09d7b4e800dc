import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { pendingDeletionDays } from "../../model/aws/pendingDeletion";
import type { PolicyDocument } from "../../model/documents/policy";
import { aliasNames, checkTags, type Tags } from "../argumentRules";
import { checkPolicy, policyLimits } from "../policyArgument";
import { type ArgumentProblem, checkText, checkWholeNumber, rejectProblems } from "../validation";
import { encryptionKey } from "./encryptionKey";

export interface OperationsKeyArgs {
  /** Who may use and administer it (`operationsKeyPolicy`). */
  readonly policy: Input<PolicyDocument>;
  /** @default `alias/operations` */
  readonly alias?: string;
  /** Days between deletion and the key's end, 7 to 30. */
  readonly deletionWindowDays: number;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/** An account's key for logs, notices, function environments and builds. No configuration value is under it. */
export class OperationsKey extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, args: OperationsKeyArgs, opts?: ComponentResourceOptions) {
    rejectProblems("OperationsKey", name, problemsOf(args));
    super("secrets-platform:account:OperationsKey", name, {}, opts);
    const key = encryptionKey(
      name,
      {
        alias: args.alias ?? "alias/operations",
        description: "Logs, notices, function environments and builds of this account",
        policy: args.policy,
        deletionWindowDays: args.deletionWindowDays,
        tags: args.tags,
      },
      this,
    );
    this.arn = key.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function problemsOf(args: OperationsKeyArgs): ArgumentProblem[] {
  return [
    checkPolicy("policy", args.policy, policyLimits.key),
    checkText("alias", args.alias, aliasNames),
    checkWholeNumber("deletionWindowDays", args.deletionWindowDays, pendingDeletionDays),
    checkTags("tags", args.tags),
  ].flat();
}
