import { processorsNamed } from "../../model/aws/processors";

/** How CodeBuild runs an image: on which processor, and whose permission fetches it. */
export interface BuildImage {
  readonly type: "LINUX_CONTAINER" | "ARM_CONTAINER";
  readonly imagePullCredentialsType: "CODEBUILD" | "SERVICE_ROLE";
}

/**
 * AWS's own images are fetched by CodeBuild itself; any other image is taken with the project's role. An image for ARM
 * says so in its name, as AWS's do with `aarch64`.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 */
export function buildImage(image: string): BuildImage {
  return {
    type: processorsNamed(image) === "arm64" ? "ARM_CONTAINER" : "LINUX_CONTAINER",
    imagePullCredentialsType: image.startsWith("aws/codebuild/") ? "CODEBUILD" : "SERVICE_ROLE",
  };
}
