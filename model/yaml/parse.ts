import { LineCounter, parseAllDocuments, type YAMLError } from "yaml";
import type { Position, Problem, ProblemWords } from "./problem";
import { redact } from "./credentials";
import { type Entry, type Path, pathKey, readTree, type Tree } from "./tree";
import { unseenIn } from "./unseen";

/** One file of YAML, read as far as it could be. */
export interface Source {
  /** Path from the repository's root. */
  readonly file: string;
  readonly text: string;
  readonly tree: Tree;
  readonly lines: LineCounter;
}

export interface Parsed {
  /** Absent when what is wrong leaves nothing to check further. */
  readonly source?: Source;
  readonly problems: readonly Problem[];
}

/** Deepest nesting of brackets, or of dashes in one line; a manifest has four. */
const maximumDepth = 50;

/** Beyond these, the first mistakes are what makes the others. */
const maximumMistakes = 100;

/** Reads one YAML document of plain data (YAML 1.2, core schema). Never throws. */
export function parse(file: string, text: string): Parsed {
  const whole = (problem: ProblemWords): Problem => ({ file, line: 1, column: 1, path: "", ...problem });
  if (depthOf(text) > maximumDepth) return { problems: [whole(tooDeep)] };
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
    schema: "core",
    merge: false,
    logLevel: "silent",
  });
  const [document] = documents;
  const unseen = unseenIn(text);
  if (unseen.length > 0)
    return {
      problems: unseen.slice(0, maximumMistakes).map(({ offset, code }) => ({
        ...placeAt({ file, lines }, offset),
        path: "",
        ...notSeen(code),
      })),
    };
  if (document === undefined) return { problems: [whole(empty)] };
  if (documents.length > 1) return { problems: [whole(several(lineOf(lines, documents[1]!.range[0])))] };
  if (document.directives?.yaml.explicit === true) return { problems: [whole(directive)] };
  if (document.errors.length > 0)
    return {
      problems: document.errors.slice(0, maximumMistakes).map((error) => syntaxProblem(file, lines, error)),
    };
  if (document.contents === null) return { problems: [whole(empty)] };
  const tree = readTree(document, (offset) => lineOf(lines, offset));
  const source: Source = { file, text, tree, lines };
  const problems = tree.problems.map(({ path, offset, found, allowed, remedy }) => ({
    ...placeAt(source, offset),
    path: formatPath(path),
    found,
    allowed,
    remedy,
  }));
  return { source, problems };
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const { 0: sign } of text.matchAll(/[[\]{}]/g)) {
    depth = sign === "[" || sign === "{" ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return /^[ \t]*(?:[-?:][ \t]+){50}/m.test(text) ? Infinity : deepest;
}

function lineOf(lines: LineCounter, offset: number): number {
  return Math.max(1, lines.linePos(offset).line);
}

export function placeAt(source: Pick<Source, "file" | "lines">, offset: number): Position {
  const { line, col } = source.lines.linePos(offset);
  return { file: source.file, line: Math.max(1, line), column: Math.max(1, col) };
}

/**
 * Where to point for a value: at a scalar itself; at the key of a map or list, which begins on another line; for
 * something missing, at the nearest thing around it.
 */
export function positionOf(source: Source, path: Path, part: "key" | "value" = "value"): Position {
  for (let length = path.length; length > 0; length--) {
    const entry = source.tree.entries.get(pathKey(path.slice(0, length)));
    if (entry !== undefined) {
      return placeAt(
        source,
        part === "value" && length === path.length && isScalar(entry) ? entry.value : entry.key,
      );
    }
  }
  return { file: source.file, line: 1, column: 1 };
}

function isScalar(entry: Entry): boolean {
  return entry.written !== undefined;
}

/** `secrets.database.rotation`; a part that could be a credential is left out. */
export function formatPath(path: Path): string {
  return path.map((part) => redact(String(part)) ?? "…").join(".");
}

/** Plain words for the mistakes the YAML library names; its own messages may repeat the text. */
const mistakes: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  ALIAS_PROPS: "an alias takes no tag or anchor",
  BAD_ALIAS: "an alias or anchor has no name, or one that ends in a colon",
  BAD_COLLECTION_TYPE: "a map stands where a list should, or the reverse",
  BAD_DIRECTIVE: "a directive is wrong",
  BAD_DQ_ESCAPE: "a backslash in double quotes begins no known escape",
  BAD_INDENT: "the indentation does not fit the lines around it, or a bracket is not closed",
  BAD_PROP_ORDER: "an anchor or tag stands behind its value",
  BAD_SCALAR_START: "a text begins with a character that YAML reserves",
  BLOCK_AS_IMPLICIT_KEY: "a map begins in the same line as its key, or a text holds a colon and a space",
  BLOCK_IN_FLOW: "an indented block stands inside brackets",
  KEY_OVER_1024_CHARS: "a key is longer than 1024 characters",
  MISSING_CHAR: "a quote, colon, comma or bracket is missing",
  MULTILINE_IMPLICIT_KEY: "a key runs over several lines, or a colon is missing",
  MULTIPLE_ANCHORS: "a value has two anchors",
  MULTIPLE_TAGS: "a value has two tags",
  NON_STRING_KEY: "a key is a list or map",
  TAB_AS_INDENT: "a tab indents the line",
  UNEXPECTED_TOKEN: "something stands where YAML allows nothing",
};

function syntaxProblem(file: string, lines: LineCounter, error: YAMLError): Problem {
  return {
    ...placeAt({ file, lines }, error.pos[0]),
    path: "",
    found: `not valid YAML: ${mistakes[error.code] ?? "something is wrong here"}`,
    allowed: "a manifest is one YAML document",
    remedy:
      "correct the line; indent with spaces, and quote texts that hold `: ` or begin with a special character",
  };
}

const empty: ProblemWords = {
  found: "the file is empty",
  allowed: "a manifest names at least its `service`, `owner`, `description` and `environments`",
  remedy: "write the manifest, or remove the file",
};

const directive: ProblemWords = {
  found: "the file begins with a %YAML directive",
  allowed: "manifests are YAML 1.2 without directives",
  remedy: "remove the directive",
};

const tooDeep: ProblemWords = {
  found: `the file nests more than ${maximumDepth} levels`,
  allowed: "a manifest nests about five",
  remedy: "close the brackets",
};

function notSeen(code: string): ProblemWords {
  return {
    found: `found the character ${code}, which does not show`,
    allowed: "a manifest says what reviewers see, in its comments as well",
    remedy: 'remove it; a value that needs it has it as an escape in double quotes, such as "\\u200B"',
  };
}

function several(line: number): ProblemWords {
  return {
    found: `the file holds several YAML documents, the second around line ${line}`,
    allowed: "one file is one manifest",
    remedy: "move each document to a file of its own and remove the `---` lines",
  };
}
