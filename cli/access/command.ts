import { Command, Option } from "commander";
import { UsageError } from "../usageError";
import { organisationPolicyOption } from "../operations/organisationPolicies";
import { runOperation } from "../operations/run";
import type { AccessFlags } from "./flags";

export function accessCommand(): Command {
  return new Command("access")
    .description("Say who can read what, decided from the policy documents that would be deployed")
    .option("--who <role>", "of one role: its name, its ARN, or a consumer such as orders/prod/api")
    .option(
      "--what <item>",
      "of one value: orders/prod/database, orders/database in every environment, or an ARN",
    )
    .option("--service <name>", "of a service's roles and values only")
    .option("--environment <name>", "of an environment's values only")
    .option("--explain", "say by which statements; of a refusal what would open it")
    .addOption(
      new Option("--format <format>", "how to print it").choices(["text", "json", "csv"]).default("text"),
    )
    .addOption(organisationPolicyOption())
    .option("--services <folder>", "read the manifests of another folder")
    .option("--live", "read the deployed documents instead, and say where they differ from the manifests")
    .option("--profile <name...>", "with --live: profiles of AWS's settings, one for each account to read")
    .option("--account <id...>", "with --live: the accounts to read; without it all of them have to be")
    .action(async (flags: AccessFlags) => {
      await runOperation({ format: flags.format === "json" ? "json" : "text" }, async () => {
        if (flags.live) {
          const { live } = await import("./live/live.js");
          return live(flags);
        }
        if (flags.profile !== undefined || flags.account !== undefined)
          throw new UsageError("--profile and --account go with --live");
        const { access } = await import("./access.js");
        return access(flags);
      });
    });
}
