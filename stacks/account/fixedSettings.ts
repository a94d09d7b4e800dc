import * as pulumi from "@pulumi/pulumi";
import { type FixedSetting, fixedSettings } from "../../model/organisation/fixedSettings";
import { settingProblem } from "../../model/organisation/settingsFile";
import type { Organisation, SecurityStack, Stack } from "../../model/organisation/types";
import { formatProblem, type ProblemWords } from "../../model/yaml/problem";
import { previousOutputs } from "../outputs/previousOutputs";

/** What a stack exports so that its next update knows what it was deployed with. */
export function settingOutputs(
  organisation: Organisation,
  stack: Stack,
): Readonly<Record<string, string | readonly string[]>> {
  const fixed = Object.entries(fixedSettings(organisation, stack)).map(([name, { value }]) => [name, value]);
  return {
    ...(Object.fromEntries(fixed) as Record<string, string>),
    ...(stack.kind === "security" && { environments: stack.environments }),
  };
}

/**
 * Refuses an update, or its preview, that would replace what a stack holds because a setting changed: AWS would take it,
 * and the engine would show it as one line among hundreds. A stack that was destroyed, or never deployed, has exported
 * nothing and may have any.
 * @param root folder of the stack's file
 * @throws RunError naming every such setting, what it was, and the way that there is instead
 */
export async function refuseReplacement(
  organisation: Organisation,
  stack: Stack,
  root: string,
): Promise<void> {
  const before = (await previousOutputs(stack.name)) ?? {};
  const deployed = recordOf(before["settings"]);
  const changed = Object.entries(fixedSettings(organisation, stack)).flatMap(([name, setting]) => {
    const value = deployed[name];
    return typeof value === "string" && value !== setting.value ? [changedSetting(setting, value)] : [];
  });
  const problems = [
    ...changed,
    ...(stack.kind === "security" ? movedValues(organisation, stack, deployed["environments"]) : []),
    ...(stack.kind === "security" ? movedArchive(stack, before["logArchive"]) : []),
  ].map(({ path, ...problem }) => settingProblem(root, stack.name, path, problem));
  if (problems.length === 0) return;
  throw new pulumi.RunError(
    [
      "Nothing was changed, because these settings stay what they were when the stack was deployed:",
      ...problems.map(formatProblem),
    ].join("\n"),
  );
}

type SettingProblem = ProblemWords & Pick<FixedSetting, "path">;

function changedSetting({ path, value, otherwise, instead }: FixedSetting, deployed: string): SettingProblem {
  return {
    path,
    found: `found ${value}, and the stack was deployed with ${deployed}`,
    allowed: otherwise,
    remedy: `put ${deployed} back; for another, ${instead}`,
  };
}

/** An environment that this stack held and another stack is to hold: its values do not move with it. */
function movedValues(
  { stacks }: Organisation,
  stack: SecurityStack,
  deployed: unknown,
): readonly SettingProblem[] {
  const held = Array.isArray(deployed) ? (deployed as unknown[]) : [];
  return held.flatMap((environment) => {
    const now = stacks.find(
      (other) =>
        other.kind === "security" &&
        other.name !== stack.name &&
        other.environments.some((one) => one === environment),
    );
    if (now === undefined || stack.environments.some((one) => one === environment)) return [];
    return [
      {
        path: ["secrets-platform:environments"],
        found: `${String(environment)} is held by stack ${now.name}, and was deployed here`,
        allowed: "its keys, secrets and parameters would be deleted here and made again there, empty",
        remedy:
          `put ${String(environment)} back here; in ${now.name} hold a new environment, and move the services there ` +
          "(docs/operations.md, what cannot change)",
      },
    ];
  });
}

/** The one bucket that all trails write to. */
function movedArchive({ logArchive }: SecurityStack, deployed: unknown): readonly SettingProblem[] {
  if (logArchive !== undefined || deployed === undefined) return [];
  return [
    {
      path: ["secrets-platform:logArchive"],
      found: "it is gone, and the organisation's audit bucket was deployed with this stack",
      allowed: "the bucket and its records would be deleted, and every trail with nowhere to write",
      remedy: "put it back, and take it from the other stack",
    },
  ];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
