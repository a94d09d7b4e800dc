import { insertion, statementsOf, tokensOf, type Token } from "./tokens";

/** Statements that look up no name in the search path: of roles and databases, which are the whole server's. */
const harmless = [
  /^begin\b/,
  /^commit$/,
  /^rollback( to)?\b/,
  /^savepoint\b/,
  /^release\b/,
  /^set local\b/,
  /^(create|alter|drop) role\b/,
  /^alter database\b/,
  /^(grant|revoke) (?!.* on )/,
  /^reassign owned\b/,
  /^comment on role\b/,
  // A language is of no schema; the block does nothing.
  /^do language plpgsql 'BEGIN END'$/,
];

/** Syntax that looks an operator up by its name in the search path. */
const hiddenOperators = [
  "in",
  "like",
  "ilike",
  "similar",
  "between",
  "overlaps",
  "nullif",
  "using",
  "natural",
];

/** Words that may stand before a parenthesis without being a function's name. */
const syntax =
  /^(all|and|any|array|as|by|case|coalesce|cube|else|except|exists|filter|from|greatest|grouping|having|intersect|join|lateral|least|limit|materialized|not|offset|on|operator|or|order|over|partition|recursive|rollup|row|select|sets|some|then|union|values|when|where|with)$/;

/**
 * What in a text of SQL would mean something else with another search path, or with functions, operators and types that
 * others have made: names without `pg_catalog`, operators as such, literals whose type is left to PostgreSQL. Texts the
 * check does not understand are faults too.
 */
export function faultsOf(sql: string): readonly string[] {
  try {
    return statementsOf(tokensOf(sql)).flatMap(faultsOfStatement);
  } catch (error) {
    return [(error as Error).message];
  }
}

function faultsOfStatement(tokens: readonly Token[]): readonly string[] {
  const quoted = tokens
    .filter(({ kind, text }) => (kind === "string" || kind === "quoted") && text.includes(insertion))
    .map(() => "a value inserted between quotes: let escapeLiteral or escapeIdentifier put them");
  const text = tokens.map((token) => token.text).join(" ");
  if (harmless.some((pattern) => pattern.test(text))) return quoted;
  if (!/^(select|with|values)\b/.test(text)) {
    return [...quoted, `a statement that is not known to look up no name: ${text.slice(0, 40)}`];
  }
  return [...quoted, ...tokens.flatMap((_, at) => faultsAt(tokens, at)), ...relationFaults(tokens)];
}

function faultsAt(tokens: readonly Token[], at: number): readonly string[] {
  const token = tokens[at];
  if (token === undefined) return [];
  const word = (distance: number) => tokens[at + distance]?.text ?? "";
  const isTyped = word(1) === "::";
  const { kind, text } = token;
  switch (kind) {
    case "operator":
      if (text === "*" && (word(-1) === "select" || (word(-1) === "(" && word(1) === ")"))) return [];
      return [word(-4), word(-3), word(-2), word(-1)].join(" ") === "operator ( pg_catalog ."
        ? []
        : [`operator ${text}: write OPERATOR(pg_catalog.${text})`];
    case "cast":
      return word(1) === "pg_catalog" ? [] : [`type ${word(1)}: write pg_catalog.${word(1)}`];
    case "string":
    case "number":
    case "parameter":
    case "inserted":
      return isTyped ? [] : [`${kind} ${text} without a type: write ::pg_catalog. behind it`];
    case "word":
      return [...wordFaults(text, word, isTyped)];
    default:
      return [];
  }
}

function* wordFaults(text: string, word: (distance: number) => string, isTyped: boolean): Generator<string> {
  const isQualified = word(-1) === ".";
  if (!isQualified && word(1) !== "." && hiddenOperators.includes(text)) {
    yield `${text.toUpperCase()} looks up an operator: write it as OPERATOR(pg_catalog.…)`;
  }
  if (text === "distinct" && /^(is|not)$/.test(word(-1))) yield "IS DISTINCT FROM looks up an operator";
  if (text === "case" && word(1) !== "when") yield "CASE with a value looks up an operator: write CASE WHEN";
  if (text === "null" && !isTyped && !/^(is|not)$/.test(word(-1))) yield "NULL without a type";
  if (text === "collate" && word(1) !== "pg_catalog") yield "COLLATE without pg_catalog";
  if (text === "cast" && word(1) === "(") yield "CAST: write ::pg_catalog. instead";
  if (word(1) === "(" && isCalled(text, word)) yield `function ${text}: write pg_catalog.${text}`;
}

/** A name before a parenthesis: a function, unless it is syntax, an alias or a query's own name with its columns. */
function isCalled(text: string, word: (distance: number) => string): boolean {
  if (word(-1) === ".") return word(-2) !== "pg_catalog";
  const isAlias = ["as", "with", "recursive"].includes(word(-1));
  return !isAlias && !syntax.test(text) && !hiddenOperators.includes(text) && text !== "cast";
}

/** Tables, views and functions in FROM and JOIN. */
function relationFaults(tokens: readonly Token[]): readonly string[] {
  const own = tokens.flatMap(({ text }, at) => (isOwnQuery(tokens, at) ? [text] : []));
  const lists: boolean[] = [false];
  return tokens.flatMap(({ text }, at) => {
    if (text === "(") lists.push(false);
    else if (text === ")") lists.pop();
    else if (text === "from" && tokens[at - 1]?.text !== "distinct") lists[lists.length - 1] = true;
    else if (/^(where|group|order|having|union|limit|window|select)$/.test(text))
      lists[lists.length - 1] = false;
    const begins = text === "from" || text === "join" || (text === "," && lists.at(-1) === true);
    if (!begins || tokens[at - 1]?.text === "distinct") return [];
    const first = tokens[at + 1]?.text === "lateral" ? at + 2 : at + 1;
    const name = tokens[first]?.text ?? "";
    const isKnown = name === "(" || name === "pg_catalog" || own.includes(name);
    return isKnown ? [] : [`relation ${name}: write pg_catalog.${name}`];
  });
}

/** `name (columns) AS (` or `name AS (` of a WITH. */
function isOwnQuery(tokens: readonly Token[], at: number): boolean {
  if (!["with", "recursive", ","].includes(tokens[at - 1]?.text ?? "")) return false;
  let next = at + 1;
  if (tokens[next]?.text === "(")
    next = tokens.findIndex(({ text }, index) => index > next && text === ")") + 1;
  return tokens[next]?.text === "as" && tokens[next + 1]?.text === "(";
}
