import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repository } from "./plan";

const askers = ["ask", "askText", "askHidden", "askOnce", "confirmChange"];

/** Every place of `cli/` that asks something, as `set/set.ts confirmChange(QUESTION)`; QUESTION as it is written there. */
export function questionsInSources(): readonly string[] {
  return sources().flatMap(([file, text]) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && askers.includes(node.expression.getText())) {
        found.push(`${file} ${node.expression.getText()}(${node.arguments[0]?.getText() ?? ""})`);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
    return found;
  });
}

/** Files of `cli/` that load what reads from a terminal. */
export function filesThatRead(): readonly string[] {
  return sources().flatMap(([file, text]) =>
    /from "@clack|import\("@clack|readline|setRawMode|process\.stdin\b(?!\.isTTY)/.test(text) ? [file] : [],
  );
}

function sources(): readonly (readonly [string, string])[] {
  const folder = join(repository, "cli");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.[jt]s$/.test(file))
    .sort()
    .map((file) => [file.replaceAll("\\", "/"), readFileSync(join(folder, file), "utf8")]);
}
