export type TokenKind =
  | "word"
  | "quoted"
  | "string"
  | "number"
  | "parameter"
  | "operator"
  | "cast"
  | "mark"
  /** A `${…}` of the template literal. */
  | "inserted";

export interface Token {
  readonly kind: TokenKind;
  /** Words in lower case, as PostgreSQL reads them. */
  readonly text: string;
}

/** Stands for a `${…}` in the text of a template literal. */
export const insertion = "\u0001";

const kinds: readonly (readonly [TokenKind | undefined, RegExp])[] = [
  [undefined, /^(\s+|--[^\n]*|\/\*[\s\S]*?\*\/)/],
  ["inserted", /^\u0001/],
  ["string", /^[eE]?'(?:[^']|'')*'/],
  ["quoted", /^"(?:[^"]|"")*"/],
  ["parameter", /^\$\d+/],
  ["number", /^\d+(?:\.\d+)?/],
  ["word", /^[\p{L}_][\p{L}\d_$]*/u],
  ["cast", /^::/],
  ["operator", /^[-+*/<>=~!@#%^&|`?]+/],
  ["mark", /^[()[\],;.:]/],
];

/**
 * PostgreSQL's tokens, as far as the statements of a program need them.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 * @throws Error at text it cannot read, such as dollar quotes
 */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let rest = sql;
  while (rest !== "") {
    const found = kinds
      .map(([kind, pattern]) => ({ kind, text: pattern.exec(rest)?.[0] }))
      .find(({ text }) => text !== undefined);
    if (found?.text === undefined) throw new Error(`cannot read SQL from here on: ${rest.slice(0, 40)}`);
    const { kind, text } = found;
    if (kind !== undefined) tokens.push({ kind, text: kind === "word" ? text.toLowerCase() : text });
    rest = rest.slice(text.length);
  }
  return tokens;
}

/** Statements of a text, without the semicolons between them. */
export function statementsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.text === ";") statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}
