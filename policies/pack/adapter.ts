import type {
  Policies,
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

import { sharedOf } from "../../startup/decodeOnce";
import { withOwn } from "./config";
import { concerns } from "./evaluate";
import { ExemptionBook } from "./exemptionBook";
import { exemptionsPolicy } from "./exemptions";
import type { PackFiles } from "./packFiles";
import { planned, type Resource } from "../view/resource";
import { readOnce } from "./readOnce";
import type { Finding, Rule } from "../rules/rule";
import { settingSchemas, type Settings } from "./settings";
import { stackOf, type Stack } from "../view/stack";
import { checkResource, checkStack } from "./supposing";
import { today } from "../../model/aws/days";
import { isAdvice, messageOf } from "./reportedFinding";

/** The rules in the engine's terms, and behind them the review of the exemptions. */
export function packPolicies(rules: readonly Rule[], { settings, exemptions }: PackFiles): Policies {
  const book = new ExemptionBook(exemptions);
  return [...rules.map((rule) => policyOf(rule, settings, book)), reviewOf(book)];
}

/** One with both checks is one policy that validates resources and stacks. */
function policyOf(rule: Rule, settings: Settings, book: ExemptionBook): Policies[number] {
  const { resource, stack } = rule;
  const described = {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}. ${rule.why}.`,
    enforcementLevel: rule.level,
    severity: rule.severity,
    remediationSteps: rule.remedy,
    tags: [...rule.references],
    ...configSchemaOf(rule, settings),
  };
  const resourcePart: Pick<ResourceValidationPolicy, "validateResource"> | undefined = resource && {
    validateResource: (args, report) => {
      if (!resource.types.includes(args.type)) return;
      const view: Resource = {
        urn: args.urn,
        type: args.type,
        name: args.name,
        props: readOnce(args.props),
        protect: args.opts.protect,
        references: {},
      };
      const own = withOwn(rule, settings, args.getConfig());
      for (const found of checkResource(resource.check, view, own, today()))
        send(report, rule, { urn: args.urn, found }, book);
    },
  };
  const stackPart: Pick<StackValidationPolicy, "validateStack"> | undefined = stack && {
    validateStack: (args, report) => {
      const view = viewOfStack(args.resources);
      if (!concerns(stack, (types) => view.ofType(...types).length > 0)) return;
      const own = withOwn(rule, settings, args.getConfig());
      for (const found of checkStack(stack.check, view, own)) {
        send(report, rule, { urn: found.urn ?? view.root, found }, book);
      }
    },
  };
  return { ...described, ...resourcePart, ...stackPart };
}

/** Last in the pack, so that every rule has had its say when it runs. */
function reviewOf(book: ExemptionBook): StackValidationPolicy {
  return {
    name: exemptionsPolicy,
    displayName: "Exemptions count until their date and match something",
    description: "Reports exemptions that are past their date, or match no finding of this stack",
    enforcementLevel: "advisory",
    validateStack: ({ resources }, report) => {
      const [first] = resources;
      if (first !== undefined) for (const message of book.review(first.urn)) report(message);
    },
  };
}

/** One view for all rules that look at the same message. */
function viewOfStack(resources: readonly PolicyResource[]): Stack {
  const shared = resources[0] && sharedOf(resources[0].props);
  if (shared === undefined) return stackOf(resources.map(viewOf));
  return (shared.stack ??= stackOf(resources.map(viewOf))) as Stack;
}

function viewOf({ urn, type, name, props, opts, propertyDependencies }: PolicyResource): Resource {
  const references: Record<string, string[]> = {};
  for (const [property, from] of Object.entries(propertyDependencies)) {
    if (from.length > 0) references[property] = from.map((resource) => resource.urn);
  }
  return { urn, type, name, props: planned(readOnce(props), references), protect: opts.protect, references };
}

/**
 * What is undecided or exempt is advisory whatever the policy's level; the call takes an object that says so beside the
 * text that its type declares (@pulumi/policy, server.js, makeReportViolationFun). Everything else has the level the
 * engine's configuration gives the policy.
 */
function send(
  report: ReportViolation,
  rule: Rule,
  { urn, found }: { readonly urn: string; readonly found: Finding },
  book: ExemptionBook,
): void {
  const full = report as unknown as (finding: {
    readonly message: string;
    readonly urn?: string;
    readonly enforcementLevel?: "advisory";
  }) => void;
  const exemption = book.find(rule.id, urn);
  full({
    message: messageOf(rule, found, exemption),
    ...(urn === "" ? {} : { urn }),
    ...(isAdvice(found, exemption) ? { enforcementLevel: "advisory" } : {}),
  });
}

function configSchemaOf(rule: Rule, settings: Settings): { readonly configSchema?: PolicyConfigSchema } {
  if (rule.settings === undefined || rule.settings.length === 0) return {};
  const properties = Object.fromEntries(
    rule.settings.map((name) => [name, { ...settingSchemas[name], default: settings[name] as object }]),
  );
  return { configSchema: { properties } };
}
