import { Command, InvalidArgumentError } from "commander";
import { withChangeOptions } from "../operations/options";
import { runOperation } from "../operations/run";
import { UsageError } from "../usageError";
import type { RotateFlags } from "./flags";

export function rotateCommand(): Command {
  return withChangeOptions(
    new Command("rotate")
      .description("Rotate a secret now, or every secret whose rotation is overdue")
      .argument("[secret]", "SERVICE/ENVIRONMENT/SECRET, such as orders/prod/database")
      .option("--all-overdue", "every overdue secret of the account one has credentials for")
      .option(
        "--end-sessions",
        "after it, end the sessions of the user whose password was changed: after a leak",
      )
      .option("--stack <name>", "only what this stack holds")
      .option("--wait <minutes>", "how long to wait for the end of a rotation; 0: not at all", minutes, 5),
  ).action(async (secret: string | undefined, flags: RotateFlags) => {
    if ((secret === undefined) === (flags.allOverdue === undefined)) {
      throw new UsageError("platform rotate takes either a secret or --all-overdue");
    }
    if (flags.endSessions && (secret === undefined || flags.wait === 0)) {
      throw new UsageError("--end-sessions goes with one secret, and with waiting for its rotation");
    }
    await runOperation(flags, async () => {
      if (secret === undefined) return (await import("./rotateOverdue.js")).rotateOverdue(flags);
      return (await import("./rotateOne.js")).rotateOne(secret, flags);
    });
  });
}

function minutes(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It takes whole minutes, 0 to 999.");
}
