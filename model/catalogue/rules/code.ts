import { realpathSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { Fault } from "../decode";
import { entriesOf, problemAt } from "../manifest";
import { eachManifest } from "./rule";

/** `code` leads to something inside the repository. */
export const code = eachManifest((manifest, { options }) =>
  entriesOf(manifest.draft.consumers).flatMap(([name, consumer]) => {
    if (consumer.kind !== "lambda" || consumer.code === undefined) return [];
    const fault = codeFault(options.root, consumer.code);
    return fault === undefined ? [] : [problemAt(manifest, ["consumers", name, "code"], fault)];
  }),
);

function codeFault(root: string, path: string): Fault | undefined {
  const outside: Fault = {
    found: "the path leads out of the repository",
    allowed: "`code` is a path inside the repository, from its root",
    remedy: "move the code into the repository",
  };
  const absolute = resolve(root, path);
  if (!isInside(resolve(root), absolute)) return outside;
  try {
    if (!isInside(realpathSync(root), realpathSync(absolute))) return outside;
    const found = statSync(absolute);
    if (found.isDirectory() || /\.(?:zip|jar)$/.test(path)) return undefined;
    return {
      found: "the path leads to a file that is no archive",
      allowed: "`code` is a folder, or a `.zip` or `.jar` file",
      remedy: "name the folder the file is in",
    };
  } catch {
    return {
      found: "nothing is at this path",
      allowed: "`code` is a path from the repository's root that exists",
      remedy: "correct the path, or leave `code` out to make only the role and the log group",
    };
  }
}

function isInside(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}
