import assert from "node:assert/strict";
import { buildImage } from "../../../components/workload/buildImage";

describe("buildImage", () => {
  it("leaves AWS's own images to CodeBuild", () => {
    assert.deepEqual(buildImage("aws/codebuild/amazonlinux-x86_64-standard:5.0"), {
      type: "LINUX_CONTAINER",
      imagePullCredentialsType: "CODEBUILD",
    });
    assert.deepEqual(buildImage("aws/codebuild/amazonlinux-aarch64-standard:3.0"), {
      type: "ARM_CONTAINER",
      imagePullCredentialsType: "CODEBUILD",
    });
  });

  it("fetches any other with the project's role", () => {
    assert.deepEqual(buildImage("333333333333.dkr.ecr.eu-west-1.amazonaws.com/builder:1"), {
      type: "LINUX_CONTAINER",
      imagePullCredentialsType: "SERVICE_ROLE",
    });
  });

  it("runs one for ARM on ARM, whichever word its name has for it", () => {
    for (const name of ["builder:1-arm64", "builder:1-aarch64", "arm64v8/builder"])
      assert.equal(buildImage(`registry.example.com/${name}`).type, "ARM_CONTAINER", name);
    assert.equal(buildImage("registry.example.com/charm64:1").type, "LINUX_CONTAINER");
  });
});
