import { conditionWords, type Field, type Meaning } from "../../model/catalogue/documentation/fields";
import { anyName } from "../../model/catalogue/documentation/walk";
import { code, table } from "./markdown";

/** `docs/manifest.md`: every key of a manifest, from the schema that reads them. */
export function manifestPage(fields: readonly Field[]): string {
  const maps = ["", ...fields.map(({ path }) => path)].filter((path) => keysOf(fields, path).length > 0);
  return [
    "# Keys of a manifest",
    "",
    "<!-- Generated from the schema by `npm run docs`; a test keeps it current. -->",
    "",
    "Every key, as `npx platform explain KEY` and editors tell of it. `NAME` stands for a name of your own. Where a key shows a",
    "form by environment, one value counts for all of them, or a map gives each its own.",
    "",
    ...maps.flatMap((path) => section(fields, path)),
  ].join("\n");
}

function section(fields: readonly Field[], path: string): string[] {
  return [
    `## ${path === "" ? "The manifest" : code(path)}`,
    "",
    ...table(
      ["Key", "What it is", "Takes", "Default", "Example"],
      keysOf(fields, path).flatMap((field) => field.meanings.map((meaning) => row(field, meaning))),
    ),
    "",
  ];
}

function keysOf(fields: readonly Field[], path: string): readonly Field[] {
  const above = path === "" ? "" : `${path}.`;
  return fields.filter(
    (field) =>
      field.path.startsWith(above) &&
      !field.path.slice(above.length).includes(".") &&
      !field.path.endsWith(`.${anyName}`) &&
      field.path !== path,
  );
}

function row({ path }: Field, meaning: Meaning): string[] {
  const { description, takes, required, example, byEnvironment, when } = meaning;
  return [
    code(path.slice(path.lastIndexOf(".") + 1)) + (required ? ", required" : ""),
    `${when === undefined ? "" : `(${conditionWords(when)}) `}${description}`,
    takes,
    meaning.default === undefined ? "" : code(meaning.default),
    code(example) + (byEnvironment === undefined ? "" : `, or by environment ${code(byEnvironment)}`),
  ];
}
