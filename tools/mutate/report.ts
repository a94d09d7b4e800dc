import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Mutant } from "./mutants";

export interface Result {
  readonly mutant: Mutant;
  /** `broken`: the change is no program, and proves nothing. */
  readonly fate: "killed" | "survived" | "broken";
  readonly by?: string;
}

/** A change that no test need notice. Found again by its text, as lines move. */
export interface Excuse {
  readonly file: string;
  readonly original: string;
  readonly after: string;
  readonly reason: string;
}

export function excuses(): readonly Excuse[] {
  return JSON.parse(readFileSync(join(__dirname, "survivors.json"), "utf8")) as readonly Excuse[];
}

interface Reported {
  readonly results: readonly Result[];
  /** All changes that there are in the files looked at, tried or not. */
  readonly all: readonly Mutant[];
  readonly excuses: readonly Excuse[];
  readonly say: (line: string) => void;
}

const leastShare = 0.9;

/** Says what came of them, and returns what to exit with. */
export function report({ results, all, excuses, say }: Reported): number {
  const survivors = results.filter(({ fate }) => fate === "survived").map(({ mutant }) => mutant);
  const open = survivors.filter((mutant) => !excuses.some((one) => isOf(one, mutant)));
  for (const mutant of open.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))) {
    say(
      `\n${placeOf(mutant)} ${mutant.operator}\n  ${mutant.original}\n  - ${mutant.before}\n  + ${mutant.after}`,
    );
  }
  const files = new Set(all.map(({ file }) => file));
  const idle = excuses.filter((one) => files.has(one.file) && !all.some((mutant) => isOf(one, mutant)));
  for (const { file, original, after } of idle)
    say(`\nexcuses no change: ${file}\n  ${original}\n  + ${after}`);
  const killed = results.filter(({ fate }) => fate === "killed").length;
  const tried = killed + survivors.length;
  const share = tried === 0 ? 1 : (tried - open.length) / tried;
  say(
    `\n${killed} of ${tried} noticed, ${survivors.length - open.length} excused in tools/mutate/survivors.json, ` +
      `${open.length} neither: ${(share * 100).toFixed(1)} %`,
  );
  return share < leastShare || idle.length > 0 ? 1 : 0;
}

function isOf({ file, original, after }: Excuse, mutant: Mutant): boolean {
  return file === mutant.file && original === mutant.original && after === mutant.after;
}

function placeOf({ file, line }: Mutant): string {
  return `${file}:${line}`;
}
