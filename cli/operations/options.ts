import { type Command, Option } from "commander";

/** Flags that every operation takes. */
export interface OperationFlags {
  readonly format: "text" | "json";
  /** Name of the stack it is limited to. */
  readonly stack?: string;
  /** Folder of the manifests. */
  readonly services?: string;
}

/** Flags of those that change something. */
export interface ChangeFlags extends OperationFlags {
  readonly dryRun?: true;
  readonly yes?: true;
}

export function withOperationOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--services <folder>", "read the manifests of another folder");
}

export function withChangeOptions(command: Command): Command {
  return withOperationOptions(command)
    .option("--dry-run", "say what would be done, and change nothing")
    .option("--yes", "do not ask for confirmation");
}
