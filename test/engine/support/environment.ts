export interface EnvironmentOptions {
  /** Where the CLI keeps what it keeps per user. */
  home: string;
  /** Port of each provider that the engine should attach to, by name. */
  providers: Record<string, number>;
}

/**
 * Environment of the CLI: nothing of the user's Pulumi or AWS settings, no network, and credentials that open nothing.
 */
export function cliEnvironment({ home, providers }: EnvironmentOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(AWS|PULUMI)_|^(NODE_OPTIONS|CI)$/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    PULUMI_HOME: home,
    PULUMI_CONFIG_PASSPHRASE: "engine-test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Offers --event-log, which is hidden otherwise.
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_PROVIDERS: Object.entries(providers)
      .map(([name, port]) => `${name}:${port}`)
      .join(","),
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nonexistent",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  };
}
