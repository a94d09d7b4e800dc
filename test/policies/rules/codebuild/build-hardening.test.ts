import { buildHardening } from "../../../../policies/rules/codebuild/build-hardening";
import { testRule } from "../../support/cases";
import { canary, later } from "../../support/program";
import { environment, project } from "./project";

testRule(buildHardening, {
  passes: {
    "left to the defaults": project({}),
    "logs to S3 alone": project({
      logsConfig: { cloudwatchLogs: { status: "DISABLED" }, s3Logs: { status: "ENABLED", location: "b" } },
    }),
    "a repository": project({ source: { type: "GITHUB", location: "https://github.com/example/shop.git" } }),
  },
  fails: {
    privileged: {
      program: project({ environment: environment({ privilegedMode: true }) }),
      at: "environment.privilegedMode is on",
    },
    "plain artifacts": {
      program: project({ artifacts: { type: "S3", location: "b", encryptionDisabled: true } }),
      at: "artifacts.encryptionDisabled is on",
    },
    "plain artifacts beside": {
      program: project({
        secondaryArtifacts: [{ type: "S3", artifactIdentifier: "a", encryptionDisabled: true }],
      }),
      at: "secondaryArtifacts[0].encryptionDisabled is on",
    },
    "no logs": {
      program: project({ logsConfig: { cloudwatchLogs: { status: "DISABLED" } } }),
      at: "logsConfig turns every log off",
    },
    "plain logs": {
      program: project({ logsConfig: { s3Logs: { status: "ENABLED", encryptionDisabled: true } } }),
      at: "logsConfig.s3Logs.encryptionDisabled is on",
    },
    "a token in the source's URL": {
      program: project({
        source: { type: "BITBUCKET", location: `https://bot:${canary}@bitbucket.org/example/shop.git` },
      }),
      at: "source.location holds a user name or token",
    },
  },
  undecided: {
    privileges: {
      program: project({ environment: environment({ privilegedMode: later }) }),
      at: "environment.privilegedMode is not known",
    },
    artifacts: {
      program: project({ artifacts: { type: "S3", encryptionDisabled: later } }),
      at: "artifacts.encryptionDisabled is not known",
    },
    logs: { program: project({ logsConfig: later }), at: "logsConfig is not known" },
    "whether logs are on": {
      program: project({ logsConfig: { cloudwatchLogs: { status: later } } }),
      at: "logsConfig is not known",
    },
    "the source": {
      program: project({ source: { type: "GITHUB", location: later } }),
      at: "source.location is not known",
    },
  },
});
