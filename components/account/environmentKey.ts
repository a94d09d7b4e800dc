import type { Key } from "@pulumi/aws/kms";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { regionNames } from "../../model/aws/textRules";
import { pendingDeletionDays } from "../../model/aws/pendingDeletion";
import type { PolicyDocument } from "../../model/documents/policy";
import { encryptionKey, rotationPeriodDays } from "./encryptionKey";
import { aliasNames, checkTags, descriptions, type Tags } from "../argumentRules";
import { checkPolicy, policyLimits } from "../policyArgument";
import { checkText, checkWholeNumber, type ArgumentProblem, rejectProblems } from "../validation";

export interface EnvironmentKeyArgs {
  /** `alias/{environment}/configuration`, or `alias/{environment}/{service}` for a service's own. */
  readonly alias: string;
  /** What is under it; AWS shows it. */
  readonly description: string;
  /** The key's region. */
  readonly region: string;
  /** Who may use and administer it (`environmentKeyPolicy`), at most 32 KiB. */
  readonly policy: Input<PolicyDocument>;
  /** Days between deletion and the key's end, 7 to 30. */
  readonly deletionWindowDays: number;
  /**
   * Days after which AWS makes new key material, 90 to 365.
   * @default 365
   */
  readonly rotationPeriodDays?: number;
  /**
   * Other regions with replicas of secrets, each with the policy of its key there.
   * @default none
   */
  readonly replicaPolicies?: Readonly<Record<string, Input<PolicyDocument>>>;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * The key over an environment's values, or over one service's, with its alias; and a key of its own under the same
 * alias in every region that holds replicas of secrets. The `protect` option reaches every key.
 */
export class EnvironmentKey extends ComponentResource {
  /** ARN in the key's own region. */
  readonly arn: Output<string>;
  private readonly keys: ReadonlyMap<string, Key>;

  constructor(name: string, args: EnvironmentKeyArgs, opts?: ComponentResourceOptions) {
    rejectProblems("EnvironmentKey", name, problemsOf(args));
    super("secrets-platform:account:EnvironmentKey", name, {}, opts);
    const home = encryptionKey(name, args, this);
    const replicas = Object.entries(args.replicaPolicies ?? {}).map(([region, policy]): [string, Key] => [
      region,
      encryptionKey(`${name}-${region}`, { ...args, region, policy }, this),
    ]);
    this.keys = new Map([[args.region, home], ...replicas]);
    this.arn = home.arn;
    this.registerOutputs({ arn: this.arn });
  }

  /** ARN of the key in its own region or one of the replicas'. */
  arnIn(region: string): Output<string> {
    const key = this.keys.get(region);
    if (key === undefined)
      throw new Error(`no key in ${region}; there is one in ${[...this.keys.keys()].join(", ")}`);
    return key.arn;
  }
}

function problemsOf(args: EnvironmentKeyArgs): ArgumentProblem[] {
  const replicas = Object.entries(args.replicaPolicies ?? {});
  return [
    checkText("alias", args.alias, aliasNames),
    checkText("description", args.description, descriptions(8192)),
    checkText("region", args.region, regionNames),
    checkPolicy("policy", args.policy, policyLimits.key),
    checkWholeNumber("deletionWindowDays", args.deletionWindowDays, pendingDeletionDays),
    checkWholeNumber("rotationPeriodDays", args.rotationPeriodDays, rotationPeriodDays),
    ...replicas.flatMap(([region, policy]) => [
      checkText(`replicaPolicies["${region}"]`, region, replicaRegions(args.region)),
      checkPolicy(`replicaPolicies["${region}"]`, policy, policyLimits.key),
    ]),
    checkTags("tags", args.tags),
  ].flat();
}

function replicaRegions(home: string) {
  return {
    pattern: new RegExp(`^(?!${home}$)${regionNames.pattern.source.slice(1)}`),
    allowed: `the name of a region other than ${home}, the key's own, is needed`,
    remedy: "remove it or name the region as AWS does",
  };
}
