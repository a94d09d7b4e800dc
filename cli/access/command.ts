import { Command, Option } from "commander";
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
    .option("--services <folder>", "read the manifests of another folder")
    .action(async (flags: AccessFlags) => {
      await runOperation({ format: flags.format === "json" ? "json" : "text" }, async () => {
        const { access } = await import("./access.js");
        return access(flags);
      });
    });
}
