import { formatProblem, InvalidInput, problemMessage } from "../../model/yaml/problem";
import { exitCodes } from "../exitCodes";
import { tellEnd } from "../interrupt";
import type { OperationFlags } from "./options";
import { OperationError } from "./operationError";

/** What an operation has to say at its end. */
export interface Outcome {
  /** For people; lines without a closing line break. */
  readonly text: string;
  /** For machines; as JSON. */
  readonly json: object;
  /** False where something needs a hand although the operation itself went through. */
  readonly clean?: boolean;
}

/** Runs an operation, prints its outcome or why there is none, and sets the exit code. */
export async function runOperation(
  { format }: Pick<OperationFlags, "format">,
  operate: () => Promise<Outcome>,
): Promise<void> {
  if (format === "json") tellEnd((message) => void process.stdout.write(asJson({ error: { message } })));
  try {
    const { text, json, clean = true } = await operate();
    process.stdout.write(format === "json" ? asJson(json) : `${text}\n`);
    process.exitCode = clean ? exitCodes.clean : exitCodes.findings;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    if (format === "json") process.stdout.write(asJson(failure.json));
    else process.stderr.write(`${failure.text}\n`);
    process.exitCode = exitCodes.findings;
  }
}

/** Undefined for what is no answer to a person: a mistake in the program. */
function failureOf(error: unknown): Outcome | undefined {
  if (error instanceof InvalidInput) {
    const errors = error.problems.map((problem) => {
      const { file, line, column, path } = problem;
      return { file, line, column, path, message: problemMessage(problem) };
    });
    const text = error.problems.map(formatProblem).join("\n");
    return {
      text: `${text}\n\nthe manifests have to be corrected first; nothing was done`,
      json: { errors },
    };
  }
  if (!(error instanceof OperationError)) return undefined;
  const { message, code } = error;
  return { text: `error: ${message}`, json: { error: { message, ...(code !== undefined && { code }) } } };
}

function asJson(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
