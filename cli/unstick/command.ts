import { Command } from "commander";
import { type ChangeFlags, withChangeOptions } from "../operations/options";
import { runOperation } from "../operations/run";

export function unstickCommand(): Command {
  return withChangeOptions(
    new Command("unstick")
      .description("Give up an unfinished rotation that blocks every later one")
      .argument("<secret>", "SERVICE/ENVIRONMENT/SECRET, such as orders/prod/database")
      .option("--stack <name>", "refuse a secret that another stack holds"),
  ).action(async (secret: string, flags: ChangeFlags) => {
    await runOperation(flags, async () => {
      const { unstick } = await import("./unstick.js");
      return unstick(secret, flags);
    });
  });
}
