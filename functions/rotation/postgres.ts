import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { RotationSettings } from "../../model/functions/settings";
import { writeToStandardOutput } from "../lambda/log";
import { readSettings, readSettingsFile } from "../lambda/settings";
import { assumeRoleBy } from "./assumeRole";
import { clientSettings } from "./clientSettings";
import { rotationHandler } from "./handler";
import { postgresRotator } from "./postgres/rotator";
import { tlsFor } from "./postgres/tls";

const settings = readSettings<RotationSettings>();
const { certificateAuthorities, connections = {} } = settings;

/** Lambda function that rotates PostgreSQL logins; runs in the network that reaches the databases. */
export const handler = rotationHandler({
  client: new SecretsManagerClient(clientSettings),
  assumeRole: assumeRoleBy(),
  rotator: postgresRotator(
    tlsFor(
      settings.tls,
      certificateAuthorities === undefined ? undefined : readSettingsFile(certificateAuthorities),
    ),
    connections,
  ),
  settings,
  write: writeToStandardOutput,
});
