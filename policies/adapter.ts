import type {
  Policies,
  PolicyConfigSchema,
  PolicyResource,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

import { withOwn } from "./config";
import { concerns } from "./evaluate";
import { planned, type Resource } from "./resource";
import type { Finding, Rule } from "./rule";
import { settingSchemas, type Settings } from "./settings";
import { stackOf } from "./stack";
import { readProperties } from "./values";
import { today } from "./today";
import { messageOf } from "./violation";

/** A rule in the engine's terms. One with both checks is one policy that validates resources and stacks. */
export function policyOf(rule: Rule, settings: Settings): Policies[number] {
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
        props: readProperties(args.props),
        protect: args.opts.protect,
        references: {},
      };
      const own = withOwn(rule, settings, args.getConfig());
      for (const found of resource.check(view, own, today())) send(report, rule, args.urn, found);
    },
  };
  const stackPart: Pick<StackValidationPolicy, "validateStack"> | undefined = stack && {
    validateStack: (args, report) => {
      const present = new Set(args.resources.map(({ type }) => type));
      if (!concerns(stack, (types) => types.some((type) => present.has(type)))) return;
      const own = withOwn(rule, settings, args.getConfig());
      for (const found of stack.check(stackOf(args.resources.map(viewOf)), own)) {
        send(report, rule, found.urn, found);
      }
    },
  };
  return { ...described, ...resourcePart, ...stackPart } as Policies[number];
}

function viewOf({ urn, type, name, props, opts, propertyDependencies }: PolicyResource): Resource {
  const references: Record<string, string[]> = {};
  for (const [property, from] of Object.entries(propertyDependencies)) {
    references[property] = from.map((resource) => resource.urn);
  }
  return {
    urn,
    type,
    name,
    props: planned(readProperties(props), references),
    protect: opts.protect,
    references,
  };
}

/**
 * What could not be decided is advisory whatever the policy's level; the call takes an object that says so beside the
 * text that its type declares (@pulumi/policy, server.js, makeReportViolationFun). Everything else has the level the
 * engine's configuration gives the policy.
 */
function send(report: ReportViolation, rule: Rule, urn: string | undefined, found: Finding): void {
  const full = report as unknown as (violation: {
    readonly message: string;
    readonly urn?: string;
    readonly enforcementLevel?: "advisory";
  }) => void;
  full({
    message: messageOf(rule, found),
    ...(urn === undefined ? {} : { urn }),
    ...(found.undecided ? { enforcementLevel: "advisory" } : {}),
  });
}

function configSchemaOf(rule: Rule, settings: Settings): { readonly configSchema?: PolicyConfigSchema } {
  if (rule.settings === undefined || rule.settings.length === 0) return {};
  const properties = Object.fromEntries(
    rule.settings.map((name) => [name, { ...settingSchemas[name], default: settings[name] as object }]),
  );
  return { configSchema: { properties } };
}
