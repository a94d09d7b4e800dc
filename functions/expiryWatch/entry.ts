import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SNSClient } from "@aws-sdk/client-sns";
import { SSMClient } from "@aws-sdk/client-ssm";
import { topicArnVariable, type ExpiryWatchSettings } from "../../model/functions/settings";
import { writeToStandardOutput } from "../lambda/log";
import { readSettings } from "../lambda/settings";
import { expiryWatch } from "./handler";

/** Listing thousands of items meets the services' rate limits: wait as they ask. */
const patient = { maxAttempts: 10, retryMode: "adaptive" };

/** Lambda function that looks daily for what has expired or was not rotated. */
export const handler = expiryWatch({
  ssm: new SSMClient(patient),
  secretsManager: new SecretsManagerClient(patient),
  sns: new SNSClient(patient),
  settings: readSettings<ExpiryWatchSettings>(),
  topicArn: process.env[topicArnVariable] ?? "",
  now: () => new Date(),
  write: writeToStandardOutput,
});
