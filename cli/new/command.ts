import { Command } from "commander";
import { withOperationOptions } from "../operations/options";
import { runOperation } from "../operations/run";
import type { NewFlags } from "./flags";

export function newCommand(): Command {
  return withOperationOptions(
    new Command("new")
      .description("Write the manifest of a new service, to start from")
      .argument("<service>", "its name, such as payments")
      .option("--owner <address>", "e-mail address of the owning team")
      .option("--description <sentence>", "what the service does")
      .option("--environments <names>", "workload stacks it runs in, separated by commas (default: all)")
      .option("--dry-run", "print it, and write nothing"),
  ).action(async (service: string, flags: NewFlags) => {
    await runOperation(flags, async () => {
      const { newService } = await import("./new.js");
      return newService(service, flags);
    });
  });
}
