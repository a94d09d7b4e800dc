import { z } from "zod";
import { either, named, textOf } from "../../yaml/expectation";
import { variableName } from "./names";
import { perEnvironment } from "./perEnvironment";

const wordsOfLiteral =
  "must be a text of at most 4096 characters without control characters and separators of lines but tabs and line breaks, a number, `true` or `false`";

/**
 * What a process is told in plain text: never a control character, which a log would carry out, nor a separator that readers
 * of YAML 1.1 take for the end of a line (https://yaml.org/spec/1.1/#id871136), nor what is no character.
 */
const literal = either(
  [
    textOf(/^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]{0,4096}$/, {
      allowed: wordsOfLiteral,
    }),
    z.number(),
    z.boolean(),
  ],
  wordsOfLiteral,
);

/** `VARIABLE: text`, or by environment. */
export const plainVariables = named(
  "variable name to text",
  variableName(),
  perEnvironment("a text, number, `true` or `false`", literal),
)
  .optional()
  .describe(
    "Variables in plain text, as written here: nothing sensitive. `VARIABLE: text`, or a map from environment to text. No parameter is made of them.",
  );
