import { Command } from "commander";
import { type OperationFlags, withOperationOptions } from "../operations/options";
import { runOperation } from "../operations/run";

export function statusCommand(): Command {
  return withOperationOptions(
    new Command("status")
      .description("Show rotation and expiry of every value in the account one has credentials for")
      .option("--stack <name>", "look at one stack only"),
  ).action(async (flags: OperationFlags) => {
    await runOperation(flags, async () => {
      const { status } = await import("./status.js");
      return status(flags);
    });
  });
}
