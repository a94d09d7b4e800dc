import type { Resource } from "../../view/resource";
import { finding, undecided, type Finding, type Rule, type StackFinding } from "../rule";
import { types } from "../../view/types";
import { isPresent, objectOf, textOf, unknown } from "../../view/values";

const property = "iamInstanceProfile";

export const instanceProfile: Rule = {
  id: "instance-profile",
  title: "A launch template has an instance profile of its own",
  why: "Without one people put keys on the instance; a shared one gives each service what the others may read",
  remedy: "Give every launch template a profile with its service's role",
  severity: "high",
  level: "mandatory",
  references: ["AWS IAM user guide: using instance profiles"],
  resource: {
    types: [types.launchTemplate],
    *check({ props }): Iterable<Finding> {
      if (props[property] === unknown) {
        yield undecided(property);
        return;
      }
      const { name, arn } = objectOf(props[property]);
      if (!isPresent(name) && !isPresent(arn)) yield finding(property, "is missing");
    },
  },
  stack: {
    types: [types.launchTemplate],
    *check(stack): Iterable<StackFinding> {
      const byProfile = new Map<string, Resource[]>();
      const all = stack.ofType(types.launchTemplate);
      for (const template of all) {
        const { name, arn } = objectOf(template.props[property]);
        const referred = stack
          .referred(template, property)
          .find(({ type }) => type === types.instanceProfile);
        const profile = referred?.urn ?? textOf(name) ?? textOf(arn);
        if (profile === undefined && (name === unknown || arn === unknown) && all.length > 1)
          yield { ...undecided(property), urn: template.urn };
        if (profile !== undefined) byProfile.set(profile, [...(byProfile.get(profile) ?? []), template]);
      }
      for (const templates of byProfile.values()) {
        const [first, ...others] = templates;
        for (const { urn } of others)
          yield { urn, property, message: `is also that of launch template ${first?.name}` };
      }
    },
  },
};
