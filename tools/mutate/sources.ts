import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { repository } from "../tests/importGraph";

const folders = ["model/documents", "model/plan", "stacks", "components"];

/** The files that are changed: those of the folders named, or what decides most. */
export function sourceFiles(named: readonly string[]): string[] {
  const places = named.length > 0 ? named : [...folders, "exit-codes"];
  return [
    ...new Set(places.flatMap((place) => (place === "exit-codes" ? exitCodes() : filesIn(place)))),
  ].sort();
}

/** Files of the command that say what it exits with. */
function exitCodes(): string[] {
  return filesIn("cli").filter((file) => /\bexitCodes?\b/.test(readFileSync(join(repository, file), "utf8")));
}

function filesIn(name: string): string[] {
  const path = join(repository, name);
  if (statSync(path).isFile()) return [name];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${name.replace(/\/$/, "")}/${file.split(sep).join("/")}`);
}
