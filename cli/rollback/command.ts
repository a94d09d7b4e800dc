import { Command } from "commander";
import { type ChangeFlags, withChangeOptions } from "../operations/options";
import { runOperation } from "../operations/run";

export function rollbackCommand(): Command {
  return withChangeOptions(
    new Command("rollback")
      .description("Make the previous version of a secret current again")
      .argument("<secret>", "SERVICE/ENVIRONMENT/SECRET, such as orders/prod/database")
      .option("--stack <name>", "refuse a secret that another stack holds"),
  ).action(async (secret: string, flags: ChangeFlags) => {
    await runOperation(flags, async () => {
      const { rollback } = await import("./rollback.js");
      return rollback(secret, flags);
    });
  });
}
