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
interface Excused {
  readonly file: string;
  readonly original: string;
  readonly after: string;
  readonly reason: string;
}

const leastShare = 0.9;

/** Says what came of them, and returns what to exit with. */
export function report(results: readonly Result[], say: (line: string) => void): number {
  const excused = JSON.parse(readFileSync(join(__dirname, "survivors.json"), "utf8")) as readonly Excused[];
  const survivors = results.filter(({ fate }) => fate === "survived").map(({ mutant }) => mutant);
  const open = survivors.filter((mutant) => !excused.some((one) => isOf(one, mutant)));
  for (const mutant of open.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))) {
    say(
      `\n${placeOf(mutant)} ${mutant.operator}\n  ${mutant.original}\n  - ${mutant.before}\n  + ${mutant.after}`,
    );
  }
  const killed = results.filter(({ fate }) => fate === "killed").length;
  const tried = killed + survivors.length;
  const share = tried === 0 ? 1 : (tried - open.length) / tried;
  say(
    `\n${killed} of ${tried} noticed, ${survivors.length - open.length} excused in tools/mutate/survivors.json, ` +
      `${open.length} neither: ${(share * 100).toFixed(1)} %`,
  );
  return share < leastShare ? 1 : 0;
}

function isOf({ file, original, after }: Excused, mutant: Mutant): boolean {
  return file === mutant.file && original === mutant.original && after === mutant.after;
}

function placeOf({ file, line }: Mutant): string {
  return `${file}:${line}`;
}
