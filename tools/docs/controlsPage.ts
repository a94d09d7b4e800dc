import type { Rule, RuleGroup } from "../../policies/rules/rule";
import { settingSchemas } from "../../policies/pack/settings";

/** `docs/controls.md`: what the pack refuses, why, what to do, and what others call the same. */
export function controlsPage(groups: readonly RuleGroup[]): string {
  const count = groups.reduce((sum, { rules }) => sum + rules.length, 0);
  return [
    "# Control catalogue",
    "",
    "<!-- Generated from the rules' metadata by `npm run docs`; a test keeps it current. -->",
    "",
    `The policy pack (\`policies/\`) holds ${count} controls. A mandatory one refuses the update; an advisory one tells. What a`,
    "control cannot decide, because a value is not known before the update, it says as an advisory finding of its own.",
    "Controls marked † look at the whole stack, the others at each resource by itself. Levels and settings are changed in a",
    "policy configuration file, findings are exempted in `policies/exemptions.yaml` (see `policies/README.md`).",
    "",
    "| Control | Refuses what breaks this | Level | Severity |",
    "| - | - | - | - |",
    ...groups.flatMap(({ rules }) => rules.map(tableLine)),
    "",
    ...groups.flatMap(groupLines),
    "## Settings",
    "",
    "| Setting | Default | Meaning |",
    "| - | - | - |",
    ...Object.entries(settingSchemas).map(
      ([name, schema]) => `| \`${name}\` | \`${JSON.stringify(schema.default)}\` | ${schema.description} |`,
    ),
    "",
  ].join("\n");
}

function tableLine(rule: Rule): string {
  return `| [${rule.id}](#${rule.id})${mark(rule)} | ${rule.title} | ${rule.level} | ${rule.severity} |`;
}

function groupLines({ service, rules }: RuleGroup): string[] {
  return [`## ${service}`, "", ...rules.flatMap(ruleLines)];
}

function ruleLines(rule: Rule): string[] {
  const settings = (rule.settings ?? []).map((name) => `\`${name}\``).join(", ");
  return [
    `### ${rule.id}`,
    "",
    `${rule.title}${mark(rule)}.`,
    "",
    `- Why: ${rule.why}.`,
    `- Remedy: ${rule.remedy}.`,
    `- Level: ${rule.level}; severity: ${rule.severity}.`,
    ...(settings === "" ? [] : [`- Settings: ${settings}.`]),
    `- Known elsewhere as: ${rule.references.join("; ")}.`,
    "",
  ];
}

function mark(rule: Rule): string {
  return rule.stack === undefined ? "" : " †";
}
