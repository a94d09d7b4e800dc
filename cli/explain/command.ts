import { Argument, Command, Option } from "commander";
import { runOperation } from "../operations/run";

export interface ExplainFlags {
  readonly format: "text" | "json";
}

export function explainCommand(): Command {
  return new Command("explain")
    .description("Say what a key of a manifest means and takes, with its default and an example")
    .addArgument(new Argument("[key]", "such as secrets.rotation.every; none: the keys of a manifest"))
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .action(async (key: string | undefined, flags: ExplainFlags) => {
      await runOperation(flags, async () => {
        const { explain } = await import("./explain.js");
        return explain(key);
      });
    });
}
