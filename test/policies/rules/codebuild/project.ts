import type { ProjectArgs } from "@pulumi/aws/codebuild";

import { declare } from "../../support/program";

/** A build project that nothing is wrong with but the lack of a key, with other settings on top. */
export function project(more: Partial<ProjectArgs>) {
  return declare("buildProject", {
    serviceRole: "r",
    artifacts: { type: "NO_ARTIFACTS" },
    source: { type: "NO_SOURCE" },
    environment: environment({}),
    ...more,
  });
}

export function environment(more: object) {
  return {
    computeType: "BUILD_GENERAL1_SMALL",
    image: "aws/codebuild/standard:7.0",
    type: "LINUX_CONTAINER",
    ...more,
  };
}
