import { InputPropertiesError } from "@pulumi/pulumi/errors";
import { Command, CommanderError } from "commander";
import { readable } from "../model/readableErrors";
import { auditCommand } from "./audit/command";
import { checkCommand } from "./check/command";
import { exitCodes } from "./exitCodes";
import { keepOutputErrorsReadable } from "./outputErrors";
import { endWithTerminal } from "./lostTerminal";
import { newCommand } from "./new/command";
import { organisationPolicyCommand } from "./organisationPolicy/command";
import { rollbackCommand } from "./rollback/command";
import { rotateCommand } from "./rotate/command";
import { schemaCommand } from "./schema/command";
import { setCommand } from "./set/command";
import { statusCommand } from "./status/command";
import { unstickCommand } from "./unstick/command";
import { UsageError } from "./usageError";

const helpHint = "(add --help for what it takes)";

async function main(): Promise<number> {
  const platform = new Command("platform")
    .description("Secrets and parameters of every service, from one manifest each")
    .exitOverride()
    .showHelpAfterError(helpHint)
    .addCommand(checkCommand())
    .addCommand(schemaCommand())
    .addCommand(organisationPolicyCommand())
    .addCommand(newCommand())
    .addCommand(setCommand())
    .addCommand(statusCommand())
    .addCommand(rotateCommand())
    .addCommand(rollbackCommand())
    .addCommand(unstickCommand())
    .addCommand(auditCommand());
  for (const command of platform.commands) command.exitOverride().showHelpAfterError(helpHint);
  try {
    await platform.parseAsync();
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
keepOutputErrorsReadable();
endWithTerminal();
void main().then((code) => {
  process.exitCode = code;
});
