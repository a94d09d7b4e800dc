import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { RotationSettings } from "../../model/functions/settings";
import { writeToStandardOutput } from "../lambda/log";
import { readSettings } from "../lambda/settings";
import { clientSettings } from "./clientSettings";
import { rotationHandler } from "./handler";
import { generatedOrKeyPair } from "./keyPair/chosen";

const settings = readSettings<RotationSettings>();

/** Lambda function that rotates generated secrets; needs no network of its own. */
export const handler = rotationHandler({
  client: new SecretsManagerClient(clientSettings),
  ssm: new SSMClient(clientSettings),
  rotator: generatedOrKeyPair(settings),
  settings,
  write: writeToStandardOutput,
});
