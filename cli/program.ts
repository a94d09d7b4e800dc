import { Command } from "commander";
import { accessCommand } from "./access/command";
import { auditCommand } from "./audit/command";
import { checkCommand } from "./check/command";
import { describeCommand } from "./describe/command";
import { explainCommand } from "./explain/command";
import { newCommand } from "./new/command";
import { organisationPolicyCommand } from "./organisationPolicy/command";
import { refsCommand } from "./refs/command";
import { rollbackCommand } from "./rollback/command";
import { rotateCommand } from "./rotate/command";
import { schemaCommand } from "./schema/command";
import { setCommand } from "./set/command";
import { statusCommand } from "./status/command";
import { unstickCommand } from "./unstick/command";

const helpHint = "(add --help for what it takes)";

/** `platform` with all its commands; what it is called wrongly with is thrown, not ended with. */
export function platformProgram(): Command {
  const platform = new Command("platform")
    .description("Secrets and parameters of every service, from one manifest each")
    .exitOverride()
    .showHelpAfterError(helpHint)
    .addCommand(checkCommand())
    .addCommand(accessCommand())
    .addCommand(describeCommand())
    .addCommand(explainCommand())
    .addCommand(refsCommand())
    .addCommand(schemaCommand())
    .addCommand(organisationPolicyCommand())
    .addCommand(newCommand())
    .addCommand(setCommand())
    .addCommand(statusCommand())
    .addCommand(rotateCommand())
    .addCommand(rollbackCommand())
    .addCommand(unstickCommand())
    .addCommand(auditCommand());
  for (const command of platform.commands) command.exitOverride().showHelpAfterError(helpHint);
  return platform;
}
