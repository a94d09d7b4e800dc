import { baseName, type Comparison } from "../../against/comparison";
import { changeLines } from "../../against/lines";
import { countWords, refusedWords, setCommand, setWords } from "../../against/words";
import type { ChangesData } from "./types";

export function changesOf(comparison: Comparison, isRefused: boolean): ChangesData {
  const byEffect = changeLines(comparison.changes);
  const lines = (effect: keyof ChangesData["lines"]) =>
    (byEffect.get(effect) ?? []).map(({ mark, abouts, text }) => ({ mark, where: abouts, text }));
  return {
    base: baseName(comparison.base),
    counts: countWords(comparison),
    ...(isRefused && { refused: refusedWords(comparison) }),
    lines: { widened: lines("widened"), narrowed: lines("narrowed"), neutral: lines("neutral") },
    toRetire: comparison.toRetire.map(({ stack, name }) => ({ stack, name })),
    toSet: comparison.toSet.map((value) => ({ command: setCommand(value), why: setWords[value.why] })),
    notCompared: comparison.notCompared,
  };
}
