import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensurePython } from "../../../support/python/ensurePython";

export const examples = resolve(__dirname, "../../../../examples/python");

/** Folders of examples, by the kind of consumer. */
export const kinds = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name))
  .map(({ name }) => name)
  .sort();

/**
 * The Python that has what every example takes, and what checks them.
 * @throws MissingTool saying what to install or where to look
 */
export function examplesPython(): Promise<string> {
  const own = kinds
    .filter((kind) => readdirSync(join(examples, kind)).includes("requirements.txt"))
    .map((kind) => join(examples, kind, "requirements.txt"));
  return ensurePython({
    what: "what the examples in Python take",
    folder: "pythonExamples",
    requirements: [...own, join(__dirname, "requirements.txt")],
  });
}
