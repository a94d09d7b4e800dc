import { openSession, type Session } from "./aws/session";
import { type AwsSettings, awsSettings, settingProblems } from "./aws/settings";
import type { PluginContext } from "./context";
import { expiringParameterHandler } from "./expiringParameter/handler";
import type { EngineLog } from "./protocol/engineLog";
import type { PluginHandlers } from "./protocol/handlers";
import { restoreSecretsFunction } from "./restoreSecrets";
import { secretValueHandler } from "./secretValue/handler";

/** Everything the plugin offers, working on the AWS that it is configured for. */
export function pluginHandlers(
  log: EngineLog,
  open: (settings: AwsSettings) => Promise<Session> = openSession,
): PluginHandlers {
  let settings: AwsSettings = awsSettings({});
  let session: Promise<Session> | undefined;
  const context: PluginContext = {
    session: () => (session ??= open(settings)),
    allowedAccountIds: () => settings.allowedAccountIds,
    region: () => settings.region,
    log,
  };
  return {
    resources: {
      "secrets-platform:index:SecretValue": secretValueHandler(context),
      "secrets-platform:index:ExpiringParameter": expiringParameterHandler(context),
    },
    functions: { "secrets-platform:index:restoreSecrets": restoreSecretsFunction(context) },
    attach: (engineAddress) => log.connect(engineAddress),
    checkConfiguration: settingProblems,
    configure(configuration) {
      const problems = settingProblems(configuration);
      if (problems.length > 0)
        throw new Error(problems.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
      settings = awsSettings(configuration);
      session = undefined;
    },
  };
}
