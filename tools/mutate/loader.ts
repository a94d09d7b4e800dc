import { transformSync } from "esbuild";
import { readFileSync } from "node:fs";
import Module from "node:module";
import { join, relative, sep } from "node:path";
import { ImportGraph, repository } from "../tests/importGraph";

const graph = new ImportGraph();
const compiled = new Map<string, string>();
let changed: { readonly path: string; readonly code: string } | undefined;

interface Loaded extends NodeModule {
  _compile(code: string, path: string): void;
}

/** From here on each TypeScript file is compiled once in this process, but the one that `change` gave another text. */
export function install(): void {
  const extensions = (Module as unknown as { _extensions: NodeJS.RequireExtensions })._extensions;
  extensions[".ts"] = (module, path) => (module as Loaded)._compile(codeOf(path), path);
}

/**
 * Has this file read as this text, or as it stands where there is none. What imports it is loaded again at the next
 * `require`, as constants are made while a file is loaded.
 * @throws where the text is no TypeScript
 */
export function change(file: string, text: string | undefined): void {
  const path = join(repository, file);
  changed = text === undefined ? undefined : { path, code: transform(path, text) };
  for (const loaded of Object.keys(require.cache)) {
    const name = relative(repository, loaded).split(sep).join("/");
    const isOurs = name.endsWith(".ts") && !/(^|\/)node_modules\/|^tools\//.test(name);
    if (isOurs && (name.endsWith(".test.ts") || reaches(name, file))) delete require.cache[loaded];
  }
}

/** Has a test file be read again, as it says its tests while it is loaded. */
export function forget(test: string): void {
  delete require.cache[join(repository, test)];
}

/** Whether one file can notice a change of another. */
export function reaches(from: string, file: string): boolean {
  return graph.reachedFrom(from).has(file);
}

function codeOf(path: string): string {
  if (changed?.path === path) return changed.code;
  const code = compiled.get(path) ?? transform(path, readFileSync(path, "utf8"));
  compiled.set(path, code);
  return code;
}

function transform(path: string, text: string): string {
  return transformSync(text, {
    loader: "ts",
    format: "cjs",
    target: "node20",
    platform: "node",
    sourcefile: path,
    keepNames: true,
    supported: { "dynamic-import": false },
  }).code;
}
