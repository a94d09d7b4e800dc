import { finding, undecided, type Finding, type Rule } from "../../rule";
import { types } from "../../types";
import { booleanOf, listOf, objectOf, textOf, unknown, type Value } from "../../values";

export const buildHardening: Rule = {
  id: "build-hardening",
  title: "A build runs without privileges, encrypts what it puts out, and is logged",
  why: "A privileged build controls its host; an unlogged one leaves no trace of what it read",
  remedy: "Turn `privilegedMode` off, encryption on, and a log on; keep credentials out of source URLs",
  severity: "high",
  level: "mandatory",
  references: [
    "FSBP CodeBuild.1",
    "FSBP CodeBuild.3",
    "FSBP CodeBuild.4",
    "FSBP CodeBuild.5",
    "FSBP CodeBuild.7",
    "Checkov CKV_AWS_316",
  ],
  resource: {
    types: [types.buildProject],
    *check({ props }): Iterable<Finding> {
      yield* refuse(
        objectOf(props["environment"])["privilegedMode"],
        "environment.privilegedMode",
        true,
        "is on",
      );
      const artifacts = objectOf(props["artifacts"])["encryptionDisabled"];
      yield* refuse(artifacts, "artifacts.encryptionDisabled", true, "is on");
      for (const [at, one] of listOf(props["secondaryArtifacts"]).entries()) {
        yield* refuse(
          objectOf(one)["encryptionDisabled"],
          `secondaryArtifacts[${at}].encryptionDisabled`,
          true,
          "is on",
        );
      }
      yield* checkLogs(props["logsConfig"]);
      yield* checkSource(objectOf(props["source"])["location"]);
    },
  },
};

function* refuse(value: Value, property: string, refused: boolean, message: string): Iterable<Finding> {
  if (value === unknown) yield undecided(property);
  else if (booleanOf(value) === refused) yield finding(property, message);
}

/** CloudWatch Logs are on unless they are turned off, S3 logs the other way round. */
function* checkLogs(logsConfig: Value): Iterable<Finding> {
  if (logsConfig === unknown) {
    yield undecided("logsConfig");
    return;
  }
  const { cloudwatchLogs, s3Logs } = objectOf(logsConfig);
  const toS3 = objectOf(s3Logs);
  const statuses: readonly Value[] = [objectOf(cloudwatchLogs)["status"], toS3["status"]];
  if (statuses.includes(unknown)) yield undecided("logsConfig");
  else if (textOf(statuses[0]) === "DISABLED" && textOf(statuses[1]) !== "ENABLED") {
    yield finding("logsConfig", "turns every log off");
  }
  yield* refuse(toS3["encryptionDisabled"], "logsConfig.s3Logs.encryptionDisabled", true, "is on");
}

function* checkSource(location: Value): Iterable<Finding> {
  if (location === unknown) {
    yield undecided("source.location");
    return;
  }
  if (/^https?:\/\/[^/@]+@/i.test(textOf(location) ?? "")) {
    yield finding("source.location", "holds a user name or token");
  }
}
