import { createColors } from "picocolors";
import { conditionWords, type Field, type Meaning } from "../../model/catalogue/documentation/fields";
import { isColoured } from "../colour";
import { folded } from "../folded";
import { plainTable } from "../operations/plainTable";
import type { Explained } from "./explained";

/** For people, within 100 columns but for an example, which is not broken. */
export function textReport({ field, keys }: Explained, colour = isColoured()): string {
  const { bold } = createColors(colour);
  return [
    field === undefined ? bold("a manifest") : bold(field.path),
    ...(field?.meanings ?? []).map((meaning) => meaningLines(meaning).join("\n")),
    ...(keys.length === 0 ? [] : [plainTable([bold("  key"), "", bold("what it is")], keyRows(keys))]),
  ].join("\n\n");
}

function meaningLines({ description, takes, required, example, when, ...meaning }: Meaning): string[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["stands", when && conditionWords(when)],
    ["takes", takes],
    ["is", required ? "required" : "optional"],
    ["default", meaning.default],
    ["example", example],
    ["or by environment", meaning.byEnvironment],
  ];
  const named = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
  const width = Math.max(...named.map(([name]) => name.length));
  return [
    ...folded(description, 98).map((line) => `  ${line}`),
    ...named.flatMap(([name, text]) => {
      const lines = name === "example" || name === "or by environment" ? [text] : folded(text, 94 - width);
      return lines.map((line, index) => `    ${(index === 0 ? name : "").padEnd(width)}  ${line}`);
    }),
  ];
}

/** A key in two steps from the margin, the word `required`, and what is left of 100 columns: a line for each meaning. */
function keyRows(keys: readonly Field[]): string[][] {
  const names = keys.map(({ path }) => `  ${path.slice(path.lastIndexOf(".") + 1)}`);
  const required = "required";
  const width = 100 - Math.max(...names.map(({ length }) => length)) - required.length - 2 * 2;
  return keys.flatMap(({ meanings }, index) =>
    meanings.map((meaning, place) => [
      place === 0 ? (names[index] ?? "") : "",
      meaning.required ? required : "",
      folded(inShort(meaning), width).join("\n"),
    ]),
  );
}

/** The first sentence, behind what it depends on. */
function inShort({ description, when }: Meaning): string {
  const sentence = /^.*?\.(?= |$)/.exec(description)?.[0] ?? "";
  return when === undefined ? sentence : `(${conditionWords(when)}) ${sentence}`;
}
