import { Command } from "commander";
import { type ChangeFlags, withChangeOptions } from "../operations/options";
import { runOperation } from "../operations/run";
import { UsageError } from "../usageError";

export function setCommand(): Command {
  return withChangeOptions(
    new Command("set")
      .description("Put a value that comes from outside, from a hidden prompt or standard input")
      .argument("<item>", "SERVICE/ENVIRONMENT/NAME, such as orders/prod/partner-token")
      .option("--stack <name>", "refuse an item that another stack holds")
      // Commander would repeat them in its error, and one of them may be a value.
      .allowExcessArguments()
      .allowUnknownOption(),
  ).action(async (item: string, flags: ChangeFlags, command: Command) => {
    refuseValueArguments(item, command.args);
    await runOperation(flags, async () => {
      const { set } = await import("./set.js");
      return set(item, flags);
    });
  });
}

function refuseValueArguments(item: string, args: readonly string[]): void {
  if (args.length === 1 && !item.startsWith("-")) return;
  throw new UsageError(
    "platform set takes the name of an item and its own options (--help), and nothing else: a value among the " +
      "arguments would be seen by every process of this machine and stay in the shell's history; give it at the prompt " +
      "or by standard input, and replace it where it came from if this was one",
  );
}
