import type { Level, Rule } from "../rules/rule";
import type { Settings } from "./settings";

/**
 * What a policy configuration file says, by rule; `all` sets the level of every rule that is not named
 * (https://www.pulumi.com/docs/iac/crossguard/configuration/).
 */
export type PackConfig = Readonly<Record<string, Level | RuleConfig>>;

export type RuleConfig = Partial<Settings> & { readonly enforcementLevel?: Level };

export function levelOf(rule: Rule, config: PackConfig): Level {
  return levelIn(config[rule.id]) ?? levelIn(config["all"]) ?? rule.level;
}

function levelIn(entry: Level | RuleConfig | undefined): Level | undefined {
  return typeof entry === "object" ? entry.enforcementLevel : entry;
}

/** The pack's settings, with what the configuration says for this one rule on top. */
export function settingsOf(rule: Rule, settings: Settings, config: PackConfig): Settings {
  const own = config[rule.id];
  return typeof own === "object" ? withOwn(rule, settings, own) : settings;
}

/** Only settings that the rule declares are taken, so that a misplaced one changes nothing unseen. */
export function withOwn(rule: Rule, settings: Settings, own: object): Settings {
  const taken = (rule.settings ?? []).filter((name) => (own as Partial<Settings>)[name] !== undefined);
  if (taken.length === 0) return settings;
  return {
    ...settings,
    ...Object.fromEntries(taken.map((name) => [name, (own as Partial<Settings>)[name]])),
  };
}
