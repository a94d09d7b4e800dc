import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

/** Settings and manifests at the root of the repository, which a fork replaces by its own. */
const replaced = /^(?:Pulumi(?:\.[\w-]+)?\.yaml|services(?:\/.*)?)$/;

/** What reads all of them when it is given the root. */
const readers = ["loadCatalogue", "loadOrganisation", "loadPlan", "platform", "repositorySettings"];
const rootKeys = ["cwd", "root"];

/**
 * Places in tests that read the repository's own settings or manifests, as `test/x.test.ts`, told from their text: by a
 * path out of the root, by handing the root to what reads them, or by running a command there.
 */
export function repositoryReads(
  repository: string,
  files: Readonly<Record<string, string>>,
): readonly string[] {
  const sources = Object.entries(files).map(([file, text]) =>
    ts.createSourceFile(join(repository, file), text, ts.ScriptTarget.Latest, true),
  );
  const exported = new Map<string, ReadonlySet<string>>();
  // What is exported further goes from file to file.
  for (let turn = 0; turn < 3; turn++)
    for (const source of sources) exported.set(source.fileName, rootNames(source, repository, exported));
  return sources
    .filter((source) => reads(source, repository, exported.get(source.fileName) ?? new Set()))
    .map(({ fileName }) => relative(repository, fileName));
}

/** All files of the tests, by their path. */
export function testFiles(repository: string): Readonly<Record<string, string>> {
  const names = readdirSync(join(repository, "test"), { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".ts")).map((name) => join("test", name));
  return Object.fromEntries(sources.map((file) => [file, readFileSync(join(repository, file), "utf8")]));
}

/** Names that stand for the root in a file: made there, or taken from a file that makes them. */
function rootNames(
  source: ts.SourceFile,
  repository: string,
  exported: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isIdentifier(node.name)) {
      if (isRoot(node.initializer, source, repository, names)) names.add(node.name.text);
    }
    if ((ts.isImportSpecifier(node) || ts.isExportSpecifier(node)) && from(node, source) !== undefined) {
      const file = resolve(dirname(source.fileName), from(node, source) ?? "");
      const taken = exported.get(`${file}.ts`) ?? exported.get(`${file}/index.ts`);
      if (taken?.has((node.propertyName ?? node.name).text) === true) names.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function from(node: ts.ImportSpecifier | ts.ExportSpecifier, source: ts.SourceFile): string | undefined {
  let at: ts.Node = node;
  while (!ts.isImportDeclaration(at) && !ts.isExportDeclaration(at)) at = at.parent;
  return at.moduleSpecifier?.getText(source).slice(1, -1);
}

/** The path that `join` or `resolve` makes out of a known folder and texts; undefined for any other. */
function pathOf(
  node: ts.Node,
  source: ts.SourceFile,
  repository: string,
  names: ReadonlySet<string>,
): string | undefined {
  if (ts.isIdentifier(node)) {
    if (node.text === "__dirname") return dirname(source.fileName);
    return names.has(node.text) ? repository : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const called = node.expression.getText(source);
  if (called === "process.cwd") return repository;
  if (!/^(?:path\.)?(?:join|resolve)$/.test(called)) return undefined;
  const [first, ...others] = node.arguments;
  const folder = first && pathOf(first, source, repository, names);
  if (folder === undefined) return undefined;
  return resolve(folder, ...others.map((one) => (ts.isStringLiteralLike(one) ? one.text : "X")));
}

function isRoot(
  node: ts.Node,
  source: ts.SourceFile,
  repository: string,
  names: ReadonlySet<string>,
): boolean {
  return pathOf(node, source, repository, names) === repository;
}

function reads(source: ts.SourceFile, repository: string, names: ReadonlySet<string>): boolean {
  const root = (node: ts.Node) => isRoot(node, source, repository, names);
  const visit = (node: ts.Node): boolean => {
    const path = ts.isCallExpression(node) ? pathOf(node, source, repository, names) : undefined;
    if (path !== undefined && replaced.test(relative(repository, path))) return true;
    if (
      ts.isPropertyAssignment(node) &&
      rootKeys.includes(node.name.getText(source)) &&
      root(node.initializer)
    )
      return true;
    if (ts.isShorthandPropertyAssignment(node) && rootKeys.includes(node.name.text) && root(node.name))
      return true;
    if (ts.isCallExpression(node) && readers.includes(node.expression.getText(source)))
      if (node.arguments.some(root)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return visit(source);
}
