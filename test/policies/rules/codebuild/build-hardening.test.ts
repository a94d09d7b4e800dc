import { buildHardening } from "../../../../policies/rules/codebuild/build-hardening";
import { testRule } from "../../support/cases";
import { canary, later } from "../../support/program";
import { environment, project } from "./project";

/** The same with a log. */
const logged = (more: Parameters<typeof project>[0]) =>
  project({
    logsConfig: { cloudwatchLogs: { groupName: "/aws/codebuild/shop", status: "ENABLED" } },
    ...more,
  });

testRule(buildHardening, {
  passes: {
    "a log group": logged({}),
    "a log group, on by default": logged({
      logsConfig: { cloudwatchLogs: { groupName: "/aws/codebuild/shop" } },
    }),
    "a log group that this update makes": logged({ logsConfig: { cloudwatchLogs: { groupName: later } } }),
    "logs to S3 alone": logged({
      logsConfig: { cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "ENABLED", location: "b" } },
    }),
    "a log in CloudWatch, and one that may be in S3": logged({
      logsConfig: { cloudwatchLogs: { status: "ENABLED" }, s3Logs: { status: later } },
    }),
    "a repository": logged({ source: { type: "GITHUB", location: "https://github.com/example/shop.git" } }),
    "a second repository": logged({
      secondarySources: [
        { type: "GITHUB", sourceIdentifier: "a", location: "https://github.com/example/b.git" },
      ],
    }),
  },
  fails: {
    "no log settings": { program: project({}), at: "logsConfig is missing" },
    "log settings of null": { program: project({ logsConfig: null as never }), at: "logsConfig is missing" },
    "empty log settings": { program: project({ logsConfig: {} }), at: "logsConfig names no log" },
    "an empty setting of each log": {
      program: project({ logsConfig: { cloudwatchLogs: {}, s3Logs: {} } }),
      at: "logsConfig names no log",
    },
    "no log but one to S3 that is off": {
      program: project({ logsConfig: { s3Logs: { status: "DISABLED" } } }),
      at: "logsConfig names no log",
    },
    "no log but where one to S3 would go": {
      program: project({ logsConfig: { s3Logs: { location: "b/builds" } } }),
      at: "logsConfig names no log",
    },
    "a log group that is turned off": {
      program: project({ logsConfig: { cloudwatchLogs: { groupName: "g", status: "DISABLED" } } }),
      at: "logsConfig turns every log off",
    },
    "both logs off": {
      program: project({
        logsConfig: { cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "DISABLED" } },
      }),
      at: "logsConfig turns every log off",
    },
    privileged: {
      program: logged({ environment: environment({ privilegedMode: true }) }),
      at: "environment.privilegedMode is on",
    },
    "plain artifacts": {
      program: logged({ artifacts: { type: "S3", location: "b", encryptionDisabled: true } }),
      at: "artifacts.encryptionDisabled is on",
    },
    "plain artifacts beside": {
      program: logged({
        secondaryArtifacts: [{ type: "S3", artifactIdentifier: "a", encryptionDisabled: true }],
      }),
      at: "secondaryArtifacts[0].encryptionDisabled is on",
    },
    "no logs": {
      program: project({ logsConfig: { cloudwatchLogs: { status: "DISABLED" } } }),
      at: "logsConfig turns every log off",
    },
    "plain logs": {
      program: logged({ logsConfig: { s3Logs: { status: "ENABLED", encryptionDisabled: true } } }),
      at: "logsConfig.s3Logs.encryptionDisabled is on",
    },
    "a token in the source's URL": {
      program: logged({
        source: { type: "BITBUCKET", location: `https://bot:${canary}@bitbucket.org/example/shop.git` },
      }),
      at: "source.location holds a user name or token",
    },
    "a token in a second source's URL": {
      program: logged({
        secondarySources: [
          { type: "GITHUB", sourceIdentifier: "a", location: `https://${canary}@github.com/example/b.git` },
        ],
      }),
      at: "secondarySources[0].location holds a user name or token",
    },
  },
  undecided: {
    privileges: {
      program: logged({ environment: environment({ privilegedMode: later }) }),
      at: "environment.privilegedMode is not known",
    },
    artifacts: {
      program: logged({ artifacts: { type: "S3", encryptionDisabled: later } }),
      at: "artifacts.encryptionDisabled is not known",
    },
    logs: { program: logged({ logsConfig: later }), at: "logsConfig is not known" },
    "a log's settings": {
      program: logged({ logsConfig: { cloudwatchLogs: later } }),
      at: "logsConfig is not known",
    },
    "all artifacts": { program: logged({ artifacts: later }), at: "artifacts is not known" },
    "the second artifacts": {
      program: logged({ secondaryArtifacts: later }),
      at: "secondaryArtifacts is not known",
    },
    "one of the second artifacts": {
      program: logged({ secondaryArtifacts: [later] }),
      at: "secondaryArtifacts[0] is not known",
    },
    "the environment": { program: logged({ environment: later }), at: "environment is not known" },
    "the whole source": { program: logged({ source: later }), at: "source is not known" },
    "the second sources": {
      program: logged({ secondarySources: later }),
      at: "secondarySources is not known",
    },
    "whether logs are on": {
      program: logged({ logsConfig: { cloudwatchLogs: { status: later } } }),
      at: "logsConfig is not known",
    },
    "the source": {
      program: logged({ source: { type: "GITHUB", location: later } }),
      at: "source.location is not known",
    },
  },
});
