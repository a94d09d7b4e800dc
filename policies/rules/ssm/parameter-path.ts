import { itemName, referencesOwner } from "../../view/names";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { objectOf, textOf, unknown, type Properties } from "../../view/values";

export const parameterPath: Rule = {
  id: "parameter-path",
  title: "A parameter's name is `/{service}/{environment}/{parameter}`",
  why: "Grants, boundaries and audits go by the path: a name outside it is in nobody's grant or in everybody's",
  remedy: "Name it after its service and environment",
  severity: "medium",
  level: "mandatory",
  references: ["AWS Systems Manager user guide: parameter hierarchies"],
  resource: {
    types: [types.parameter, types.expiringParameter],
    *check({ props }): Iterable<Finding> {
      if (props["name"] === unknown) {
        yield undecided("name");
        return;
      }
      const name = textOf(props["name"]) ?? "";
      const item = name.startsWith("/") ? (itemName(name) ?? referencesOwner(name)) : undefined;
      if (item === undefined) {
        yield finding("name", "is outside `/{service}/{environment}/`");
        return;
      }
      if (props["tags"] === unknown) {
        yield undecided("tags");
        return;
      }
      yield* checkTag(props, "service", item.service);
      yield* checkTag(props, "environment", item.environment);
    },
  },
};

function* checkTag(props: Properties, tag: "service" | "environment", inName: string): Iterable<Finding> {
  const value = objectOf(props["tags"])[tag];
  if (value === unknown) yield undecided(`tags.${tag}`);
  const tagged = textOf(value);
  if (tagged !== undefined && tagged !== inName) {
    yield finding("name", `says ${tag} ${inName}, and the tag says ${tagged}`);
  }
}
