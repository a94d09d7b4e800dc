import { readFileSync } from "node:fs";
import { RandomId } from "@pulumi/random";
import { ExpiringParameter, type ExpiringParameterArgs } from "../../components/values/expiringParameter";
import { restoreSecrets } from "../../components/values/restoreSecrets";
import { SecretValue, type SecretValueArgs } from "../../components/values/secretValue";
import { stackValuesProvider } from "../../components/values/valuesProvider";

/** What the test wants the program to hold. */
export interface ProgramSettings {
  readonly secretValue: SecretValueArgs;
  readonly parameters: readonly { args: ExpiringParameterArgs; import?: string }[];
  readonly restore: readonly string[];
  /** ARN of the key that what is restored is under. */
  readonly keyArn: string;
}

const settings = JSON.parse(readFileSync("settings.json", "utf8")) as ProgramSettings;
const provider = stackValuesProvider();

new SecretValue("first", settings.secretValue, { provider });
for (const [index, { args, import: id }] of settings.parameters.entries()) {
  const opts = { provider, ...(id === undefined ? {} : { import: id }) };
  const parameter = new ExpiringParameter(`parameter-${index}`, args, opts);
  // Stands for the association of a share, which is made again with its parameter.
  new RandomId(
    `share-${index}`,
    { byteLength: 4 },
    { replacementTrigger: parameter.incarnation, deleteBeforeReplace: true },
  );
}

const keyArns = Object.fromEntries(settings.restore.map((name) => [name, [settings.keyArn]]));
export const restored = restoreSecrets({ names: settings.restore, keyArns, dryRun: false }, { provider });
