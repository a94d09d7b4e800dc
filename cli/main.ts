import { Command, CommanderError } from "commander";
import { checkCommand } from "./check/command";
import { exitCodes } from "./exitCodes";
import { schemaCommand } from "./schema/command";
import { UsageError } from "./usageError";

async function main(): Promise<number> {
  const platform = new Command("platform")
    .description("Secrets and parameters of every service, from one manifest each")
    .exitOverride()
    .showHelpAfterError("(add --help for what it takes)")
    .addCommand(checkCommand())
    .addCommand(schemaCommand());
  for (const command of platform.commands) command.exitOverride().showHelpAfterError(true);
  try {
    await platform.parseAsync();
    return Number(process.exitCode ?? exitCodes.clean);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
    if (error instanceof UsageError) {
      process.stderr.write(`error: ${error.message}\n`);
      return exitCodes.usage;
    }
    throw error;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
