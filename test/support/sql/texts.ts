import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { insertion } from "./tokens";

export interface SqlText {
  /** `roles.ts:81` */
  readonly where: string;
  readonly sql: string;
}

const statement =
  /^\s*(ABORT|ALTER|ANALYZE|BEGIN|CALL|CHECKPOINT|CLUSTER|COMMENT|COMMIT|COPY|CREATE|DEALLOCATE|DECLARE|DELETE|DISCARD|DO|DROP|END|EXECUTE|EXPLAIN|FETCH|GRANT|IMPORT|INSERT|LISTEN|LOCK|MERGE|MOVE|NOTIFY|PREPARE|REASSIGN|REFRESH|REINDEX|RELEASE|RESET|REVOKE|ROLLBACK|SAVEPOINT|SECURITY|SELECT|SET|SHOW|START|TABLE|TRUNCATE|UPDATE|VACUUM|VALUES|WITH)\b/;

/** What stands only in SQL: a cast, or a clause with a name behind it. */
const clause = /::\w|\b(FROM|WHERE|JOIN|AND|OR|ORDER BY|GROUP BY)\s+[\w"$(]/;

/**
 * Every text of SQL in the TypeScript of a folder and those in it: literals and templates that begin as a statement
 * does, those that go into `query(…)` in whatever form, and parts of statements, which no check could understand.
 */
export function sqlTextsIn(folder: string): readonly SqlText[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => {
      const path = join(folder, name);
      return sqlTextsOf(readFileSync(path, "utf8"), relative(folder, path));
    });
}

export function sqlTextsOf(source: string, name: string): readonly SqlText[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const texts: SqlText[] = [];
  const visit = (node: ts.Node): void => {
    const sql = textOf(node);
    if (sql !== undefined && (statement.test(sql) || clause.test(sql) || isQueried(node))) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      texts.push({ where: `${name}:${line + 1}`, sql });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return texts;
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => insertion + literal.text).join("");
}

/** First argument of a call to a method `query`, or in an expression that is. */
function isQueried(node: ts.Node): boolean {
  let inner = node;
  while (ts.isBinaryExpression(inner.parent) || ts.isParenthesizedExpression(inner.parent))
    inner = inner.parent;
  const { parent } = inner;
  return (
    ts.isCallExpression(parent) &&
    parent.arguments[0] === inner &&
    ts.isPropertyAccessExpression(parent.expression) &&
    parent.expression.name.text === "query"
  );
}
