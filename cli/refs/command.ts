import { Argument, Command, Option } from "commander";
import { runOperation } from "../operations/run";
import { formatNames, type RefsFlags } from "./flags";

export function refsCommand(): Command {
  return new Command("refs")
    .description("Print where a consumer finds its values, in the form of the tool that deploys it")
    .addArgument(new Argument("<consumer>", "such as orders/prod/api"))
    .addOption(new Option("--format <format>", "whose form").choices([...formatNames]).default("json"))
    .option("--deployed", "with the full ARNs of secrets, read from Parameter Store in the workload account")
    .option("--services <folder>", "read the manifests of another folder")
    .action(async (name: string, flags: RefsFlags) => {
      await runOperation({ format: "text" }, async () => {
        const { refs } = await import("./refs.js");
        return refs(name, flags);
      });
    });
}
