import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { booleanOf, isPresent, listOf, objectOf, textOf, unknown, type Value } from "../../view/values";

export const buildHardening: Rule = {
  id: "build-hardening",
  title: "A build runs without privileges, encrypts what it puts out, and is logged",
  why: "A privileged build controls its host; an unlogged one leaves no trace of what it read",
  remedy:
    "Turn `privilegedMode` off, encryption on, and name a log in `logsConfig`; keep credentials out of source URLs",
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
      const { environment, artifacts, source } = props;
      yield* refuse(inside(environment, "privilegedMode"), "environment", "privilegedMode");
      yield* refuse(inside(artifacts, "encryptionDisabled"), "artifacts", "encryptionDisabled");
      for (const [at, one] of entriesOf(props["secondaryArtifacts"]))
        yield* refuse(inside(one, "encryptionDisabled"), `secondaryArtifacts${at}`, "encryptionDisabled");
      yield* checkLogs(props["logsConfig"]);
      yield* checkSource(source, "source");
      for (const [at, one] of entriesOf(props["secondarySources"]))
        yield* checkSource(one, `secondarySources${at}`);
    },
  },
};

/** A property of an object; `whole` where all of the object is not known. */
function inside(object: Value, property: string): Value | typeof whole {
  return object === unknown ? whole : objectOf(object)[property];
}
const whole = Symbol("all of it is unknown");

function* refuse(value: Value | typeof whole, object: string, property: string): Iterable<Finding> {
  if (value === whole) yield undecided(object);
  else if (value === unknown) yield undecided(`${object}.${property}`);
  else if (booleanOf(value) === true) yield finding(`${object}.${property}`, "is on");
}

/** The entries of a list with their place in it; one without a place for a list that is not known. */
function entriesOf(list: Value): readonly (readonly [string, Value])[] {
  if (list === unknown) return [["", unknown]];
  return listOf(list).map((entry, at) => [`[${at}]`, entry] as const);
}

/**
 * CloudWatch Logs are on unless they are turned off, S3 logs the other way round
 * (https://docs.aws.amazon.com/codebuild/latest/APIReference/API_LogsConfig.html). A program that says nothing keeps no log
 * on: what is turned off by hand stays off, and shows in no preview.
 */
function* checkLogs(logsConfig: Value): Iterable<Finding> {
  if (logsConfig === unknown) {
    yield undecided("logsConfig");
    return;
  }
  if (!isPresent(logsConfig)) {
    yield finding("logsConfig", "is missing, so nothing says where the build's log goes");
    return;
  }
  const { cloudwatchLogs, s3Logs } = objectOf(logsConfig);
  const [toCloudWatch, toS3] = [stateOfCloudWatch(cloudwatchLogs), stateOfS3(s3Logs)];
  if (toCloudWatch !== "on" && toS3 !== "on") {
    if (toCloudWatch === unknown || toS3 === unknown) yield undecided("logsConfig");
    else if (toCloudWatch === "off") yield finding("logsConfig", "turns every log off");
    else yield finding("logsConfig", "names no log");
  }
  if (s3Logs !== unknown)
    yield* refuse(inside(s3Logs, "encryptionDisabled"), "logsConfig.s3Logs", "encryptionDisabled");
}

type LogState = "on" | "off" | "unsaid" | typeof unknown;

function stateOfCloudWatch(cloudwatchLogs: Value): LogState {
  if (cloudwatchLogs === unknown) return unknown;
  const { status, groupName, streamName } = objectOf(cloudwatchLogs);
  if (isPresent(status)) return stateOf(status);
  return isPresent(groupName) || isPresent(streamName) ? "on" : "unsaid";
}

function stateOfS3(s3Logs: Value): LogState {
  if (s3Logs === unknown) return unknown;
  const { status } = objectOf(s3Logs);
  return isPresent(status) ? stateOf(status) : "unsaid";
}

function stateOf(status: Value): LogState {
  if (status === unknown) return unknown;
  return textOf(status) === "ENABLED" ? "on" : "off";
}

function* checkSource(source: Value, property: string): Iterable<Finding> {
  const location = inside(source, "location");
  if (location === whole) yield undecided(property);
  else if (location === unknown) yield undecided(`${property}.location`);
  else if (/^https?:\/\/[^/@]+@/i.test(textOf(location) ?? ""))
    yield finding(`${property}.location`, "holds a user name or token");
}
