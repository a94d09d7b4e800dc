/** How CodeBuild runs an image: on which processor, and whose permission fetches it. */
export interface BuildImage {
  readonly type: "LINUX_CONTAINER" | "ARM_CONTAINER";
  readonly imagePullCredentialsType: "CODEBUILD" | "SERVICE_ROLE";
}

/**
 * AWS's own images are fetched by CodeBuild itself and say `aarch64` where they are for ARM; any other image is taken
 * with the project's role.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 */
export function buildImage(image: string): BuildImage {
  return {
    type: image.includes("aarch64") ? "ARM_CONTAINER" : "LINUX_CONTAINER",
    imagePullCredentialsType: image.startsWith("aws/codebuild/") ? "CODEBUILD" : "SERVICE_ROLE",
  };
}
