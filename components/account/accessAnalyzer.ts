import { Analyzer, ArchiveRule } from "@pulumi/aws/accessanalyzer";
import { ComponentResource, type ComponentResourceOptions, type Resource } from "@pulumi/pulumi";
import { accountIds, organisationIds, regionNames, type TextRule } from "../../model/aws/textRules";
import { checkTags, type Tags } from "../argumentRules";
import { checkDistinct, checkText, type ArgumentProblem, rejectProblems } from "../validation";

export interface AccessAnalyzerArgs {
  readonly analyzerName: string;
  /** Where the account holds anything; each region is analysed by itself. At least one, the provider's first. */
  readonly regions: readonly string[];
  /** `o-...` */
  readonly organisationId: string;
  /** Other accounts that are let in on purpose, under a condition on the organisation. */
  readonly ownAccounts: readonly string[];
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * Finds what of the account can be used from outside it: secrets, keys, roles, buckets, topics and more. What the
 * platform lets its own accounts do, and the roles of single sign-on, are archived as they come, so that a finding that
 * stays active is one that nobody planned. One an account and region is all that AWS takes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-external.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html
 */
export class AccessAnalyzer extends ComponentResource {
  constructor(name: string, args: AccessAnalyzerArgs, opts?: ComponentResourceOptions) {
    rejectProblems("AccessAnalyzer", name, problemsOf(args));
    super("secrets-platform:account:AccessAnalyzer", name, {}, opts);
    for (const [index, region] of args.regions.entries()) {
      analyzerIn(region, index === 0 ? name : `${name}-${region}`, args, this);
    }
    this.registerOutputs({});
  }
}

function analyzerIn(region: string, name: string, args: AccessAnalyzerArgs, parent: Resource): void {
  const { analyzerName, tags } = args;
  const analyzer = new Analyzer(
    `${name}-analyzer`,
    { region, analyzerName, type: "ACCOUNT", tags },
    { parent },
  );
  for (const [ruleName, filters] of Object.entries(planned(args))) {
    new ArchiveRule(
      `${name}-${ruleName}`,
      { region, analyzerName: analyzer.analyzerName, ruleName, filters: [...filters, notPublic] },
      { parent },
    );
  }
}

interface Filter {
  readonly criteria: string;
  readonly eqs?: string[];
  readonly contains?: string[];
}

const notPublic: Filter = { criteria: "isPublic", eqs: ["false"] };

/** Values that AWS takes of one criterion. */
const valuesOfCriterion = 20;

/**
 * By the name of an archive rule. Only IAM Identity Center makes roles under its path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-filter-keys.html
 */
function planned({
  organisationId,
  ownAccounts,
}: AccessAnalyzerArgs): Readonly<Record<string, readonly Filter[]>> {
  const chunks = Array.from({ length: Math.ceil(ownAccounts.length / valuesOfCriterion) }, (_, index) =>
    ownAccounts.slice(index * valuesOfCriterion, (index + 1) * valuesOfCriterion),
  );
  const ownRules = chunks.map((accounts, index) => [
    index === 0 ? "own-accounts" : `own-accounts-${index + 1}`,
    [
      { criteria: "condition.aws:PrincipalOrgID", eqs: [organisationId] },
      { criteria: "principal.AWS", contains: accounts },
    ],
  ]);
  return {
    ...(Object.fromEntries(ownRules) as Record<string, Filter[]>),
    "single-sign-on": [
      { criteria: "resourceType", eqs: ["AWS::IAM::Role"] },
      { criteria: "resource", contains: [":role/aws-reserved/sso.amazonaws.com/"] },
    ],
  };
}

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateAnalyzer.html */
const analyzerNames: TextRule = {
  pattern: /^[A-Za-z][A-Za-z0-9_.-]{0,254}$/,
  allowed: "a letter, and then at most 254 letters, digits and `_.-` are allowed",
  remedy: "shorten it or replace the other characters",
};

function problemsOf({
  analyzerName,
  regions,
  organisationId,
  ownAccounts,
  tags,
}: AccessAnalyzerArgs): ArgumentProblem[] {
  return [
    ...checkText("analyzerName", analyzerName, analyzerNames),
    ...checkDistinct("regions", regions, true),
    ...regions.flatMap((region, index) => checkText(`regions[${index}]`, region, regionNames)),
    ...checkText("organisationId", organisationId, organisationIds),
    ...ownAccounts.flatMap((account, index) => checkText(`ownAccounts[${index}]`, account, accountIds)),
    ...checkTags("tags", tags),
  ];
}
