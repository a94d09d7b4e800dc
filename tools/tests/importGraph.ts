import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

export const repository = resolve(__dirname, "../..");

/** Who imports whom among the repository's own TypeScript files, by path from its root; types are no imports. */
export class ImportGraph {
  readonly #imports = new Map<string, readonly string[]>();
  readonly #reached = new Map<string, ReadonlySet<string>>();

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
    const found = readImports(file);
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

function readImports(file: string): readonly string[] {
  const text = readFileSync(join(repository, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const named: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly !== true) named.push(textOf(node));
    if (ts.isExportDeclaration(node) && !node.isTypeOnly && node.moduleSpecifier) named.push(textOf(node));
    if (isCallOfImport(node))
      named.push(...node.arguments.filter(ts.isStringLiteral).map(({ text }) => text));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return named.filter((name) => name.startsWith(".")).flatMap((name) => resolved(file, name));
}

function textOf({ moduleSpecifier }: ts.ImportDeclaration | ts.ExportDeclaration): string {
  return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
}

/** `import("…")` or `require("…")`. */
function isCallOfImport(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === "require")
  );
}

function resolved(from: string, name: string): string[] {
  const path = join(repository, dirname(from), name);
  const found = [`${path}.ts`, join(path, "index.ts"), path].find(
    (each) => existsSync(each) && statSync(each).isFile() && each.endsWith(".ts"),
  );
  return found === undefined ? [] : [relative(repository, found).split(sep).join("/")];
}
