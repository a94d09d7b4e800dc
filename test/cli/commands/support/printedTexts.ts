import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repository } from "../../../model/plan/support/samples";

/** Folders whose texts are printed, shown by AWS, or sent. */
export const printing = [
  "aws",
  "cli",
  "components",
  "functions",
  "model",
  "policies",
  "provider",
  "stacks",
  "tools/docs",
] as const;

export interface PrintedText {
  /** `cli/status/report.ts:12` */
  readonly place: string;
  /** Its pieces put together; `X` stands for what is put in. */
  readonly text: string;
}

/** Every text of the sources that may be printed; comments are none. */
export function printedTexts(): readonly PrintedText[] {
  return printing.flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .sort()
      .flatMap((name) => textsOf(`${folder}/${name}`)),
  );
}

function textsOf(file: string): readonly PrintedText[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(repository, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: PrintedText[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text === undefined) return ts.forEachChild(node, visit);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push({ place: `${file}:${line + 1}`, text });
    innerExpressions(node).forEach(visit);
  };
  visit(source);
  return found;
}

/** Of a text, or of texts that are added; undefined for anything else. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `X${literal.text}`).join("");
  }
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  return left === undefined && right === undefined ? undefined : `${left ?? "X"}${right ?? "X"}`;
}

/** What is put into a text may hold texts of its own. */
function innerExpressions(node: ts.Node): readonly ts.Node[] {
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  if (ts.isParenthesizedExpression(node)) return innerExpressions(node.expression);
  if (!ts.isBinaryExpression(node)) return [];
  return [node.left, node.right].flatMap((side) =>
    textOf(side) === undefined ? [side] : innerExpressions(side),
  );
}
