import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

export const repository = resolve(__dirname, "../..");

/** Who imports whom among the repository's own TypeScript files, by path from its root; types are no imports. */
export class ImportGraph {
  readonly #imports = new Map<string, readonly string[]>();
  readonly #reached = new Map<string, ReadonlySet<string>>();

  /** @param within the folder to look at; what is imported from elsewhere is left aside */
  constructor(private readonly within = "") {}

  /** The file itself and all it reaches. */
  reachedFrom(file: string): ReadonlySet<string> {
    const known = this.#reached.get(file);
    if (known !== undefined) return known;
    const reached = new Set([file]);
    for (const each of reached) for (const next of this.#importsOf(each)) reached.add(next);
    this.#reached.set(file, reached);
    return reached;
  }

  #importsOf(file: string): readonly string[] {
    const known = this.#imports.get(file);
    if (known !== undefined) return known;
    const found = readImports(file).filter((each) => each.startsWith(this.within));
    this.#imports.set(file, found);
    return found;
  }
}

/** Test files, by path from the repository's root, sorted. */
export function testFiles(folder = "test"): string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name.split(sep).join("/")}`)
    .sort();
}

/** By the compiler's scanner: to parse all files takes five times as long. */
function readImports(file: string): readonly string[] {
  const text = readFileSync(join(repository, file), "utf8");
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName, pos }) => fileName.startsWith(".") && !isOfTypes(text.slice(0, pos)))
    .flatMap(({ fileName }) => resolved(file, fileName));
}

/** Whether what stands before a file's name begins with `import type` or `export type`. */
function isOfTypes(before: string): boolean {
  const statement = before.slice(before.search(/(?:import|export)\s[^;]*$/));
  return /^(?:import|export)\s+type\s/.test(statement);
}

function resolved(from: string, name: string): string[] {
  const path = join(repository, dirname(from), name);
  const found = [`${path}.ts`, join(path, "index.ts"), path].find(
    (each) => existsSync(each) && statSync(each).isFile() && each.endsWith(".ts"),
  );
  return found === undefined ? [] : [relative(repository, found).split(sep).join("/")];
}
