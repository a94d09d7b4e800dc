import { Argument, Command } from "commander";
import { type OperationFlags, withOperationOptions } from "../operations/options";
import { runOperation } from "../operations/run";

export function describeCommand(): Command {
  return withOperationOptions(
    new Command("describe")
      .description(
        "Say what a service has: names and ARNs, readers, variables, roles, what is to be set by hand",
      )
      .addArgument(new Argument("<service>", "orders, orders/prod or orders/prod/api")),
  ).action(async (name: string, flags: Omit<OperationFlags, "stack">) => {
    await runOperation(flags, async () => {
      const { describe } = await import("./describe.js");
      return describe(name, flags);
    });
  });
}
