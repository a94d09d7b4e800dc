import { Command, Option } from "commander";
import { eventHistoryDays } from "../../model/aws/eventHistory";
import { runOperation } from "../operations/run";
import { type AuditFlags, auditSources, parseCount, parseTime } from "./options";

export function auditCommand(): Command {
  return new Command("audit")
    .description("Say who read what, when, from where, through which consumer, out of CloudTrail's records")
    .option(
      "--file <files...>",
      "read records from files or folders of them, - for standard input; without it the account is asked whose credentials are there",
    )
    .addOption(
      new Option(
        "--source <source>",
        "what is asked: CloudTrail's LookupEvents, or Athena over the archive of all trails (default: the archive, where " +
          "the account holds it and its settings let it be queried)",
      ).choices(auditSources),
    )
    .option(
      "--since <time>",
      `leave out older records (default: ${eventHistoryDays} days ago; none of a file)`,
      parseTime,
    )
    .option("--until <time>", "leave out records from this time on", parseTime)
    .option("--service <name>", "report on the values of one service only")
    .option("--item <item>", "report on one value only, such as orders/prod/database")
    .addOption(
      new Option("--unused-days <days>", "report grants nobody used in that many days")
        .argParser(parseCount)
        .default(eventHistoryDays),
    )
    .addOption(new Option("--rows <number>", "lines of a table at most").argParser(parseCount).default(40))
    .addOption(
      new Option(
        "--limit <number>",
        "records taken of an account at most; 10000 of LookupEvents, which gives 100 a second, and 1000000 of the archive",
      ).argParser(parseCount),
    )
    .option("--resume <file>", "file that keeps where it stopped; the next run goes on from there")
    .option(
      "--verify <folder>",
      "prove the files of a copy of the archive (its AWSLogs) by CloudTrail's digests, in place of reading them",
    )
    .option(
      "--public-keys <files...>",
      "with --verify: CloudTrail's public keys, as aws cloudtrail list-public-keys prints them (default: CloudTrail is asked)",
    )
    .addOption(
      new Option("--format <format>", "how to print it").choices(["text", "json", "csv"]).default("text"),
    )
    .option("--services <folder>", "read the manifests of another folder")
    .action(async (flags: AuditFlags) => {
      await runOperation({ format: flags.format === "json" ? "json" : "text" }, async () => {
        const { audit } = await import("./audit.js");
        return audit(flags);
      });
    });
}
