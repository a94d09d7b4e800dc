import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { RotationSettings } from "../../model/functions/settings";
import { writeToStandardOutput } from "../lambda/log";
import { readSettings } from "../lambda/settings";
import { clientSettings } from "./clientSettings";
import { generatedValues } from "./generatedValue/rotator";
import { rotationHandler } from "./handler";

const settings = readSettings<RotationSettings>();

/** Lambda function that rotates generated secrets; needs no network of its own. */
export const handler = rotationHandler({
  client: new SecretsManagerClient(clientSettings),
  rotator: generatedValues(settings.forms),
  settings,
  write: writeToStandardOutput,
});
