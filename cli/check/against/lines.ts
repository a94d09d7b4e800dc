import { effects } from "../../../model/changes/compare";
import type { Change, Effect } from "../../../model/changes/types";

/** Changes that say the same of several places: what a manifest changes, it changes in each environment. */
export interface ChangeLine {
  readonly effect: Effect;
  /** `+`, `-` or `~` */
  readonly mark: string;
  readonly kind: Change["kind"];
  readonly abouts: readonly string[];
  readonly text: string;
}

export const marks: Readonly<Record<Change["change"], string>> = { added: "+", removed: "-", changed: "~" };

/** Lines by effect, in the order of the changes. */
export function changeLines(changes: readonly Change[]): ReadonlyMap<Effect, readonly ChangeLine[]> {
  const lines = new Map<string, ChangeLine & { readonly abouts: string[] }>();
  for (const { effect, change, kind, about, text } of changes) {
    const key = JSON.stringify([effect, change, kind, text]);
    const line = lines.get(key) ?? { effect, mark: marks[change], kind, abouts: [], text };
    lines.set(key, line);
    if (!line.abouts.includes(about)) line.abouts.push(about);
  }
  const all = [...lines.values()];
  return new Map(effects.map((effect) => [effect, all.filter((line) => line.effect === effect)]));
}
