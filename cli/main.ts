import { InputPropertiesError } from "@pulumi/pulumi/errors";
import { CommanderError } from "commander";
import { readable } from "../startup/readableErrors";
import { exitCodes } from "./exitCodes";
import { keepOutputErrorsReadable } from "./outputErrors";
import { answerSignals, codeAtEnd } from "./interrupt";
import { endWithTerminal } from "./lostTerminal";
import { platformProgram } from "./program";
import { UsageError } from "./usageError";

async function main(): Promise<number> {
  try {
    await platformProgram().parseAsync();
    return Number(process.exitCode);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
    if (error instanceof UsageError) {
      process.stderr.write(`error: ${error.message}\n`);
      return exitCodes.usage;
    }
    if (error instanceof InputPropertiesError) {
      // What no file's check foresaw; it says by itself which argument is wrong.
      process.stderr.write(`error: ${error.message}\n\nnothing was built\n`);
      return exitCodes.findings;
    }
    throw readable(error);
  }
}

// Until a command has said otherwise: what ends early, because nothing is left to wait for, is no success.
process.exitCode = exitCodes.findings;
answerSignals();
keepOutputErrorsReadable();
endWithTerminal();
/** Settled when the command has come to its end. */
export const ended = main().then((code) => {
  process.exitCode = codeAtEnd(code);
});
