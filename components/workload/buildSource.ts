import { type TextRule } from "../../model/aws/textRules";
import { buildFilePattern } from "../../model/catalogue/schema/buildFile";
import { check, checkText, type ArgumentProblem } from "../validation";
import type { BuildCommands } from "./buildSpecification";

/** What a build starts from. */
export interface BuildSource {
  readonly type: "CODECOMMIT" | "GITHUB" | "S3";
  /** URL of a repository over HTTPS; for S3 `bucket/path/of/the/object.zip`. */
  readonly location: string;
}

/** `source` of a build project. A missing `source` is NO_SOURCE, which only commands of its own can follow. */
export function projectSource(source: BuildSource | undefined, buildspec: string) {
  if (source === undefined) return { type: "NO_SOURCE", buildspec };
  const { type, location } = source;
  return { type, location, buildspec, ...(type !== "S3" && { gitCloneDepth: 1, insecureSsl: false }) };
}

/**
 * The name becomes part of an ARN in the role's policy, so it says one object. Further characters would need care
 * everywhere (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html#object-key-guidelines-safe-characters).
 */
const objects: TextRule = {
  pattern: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w!.()=+@,/-]+$/,
  allowed: "bucket/path/of/the/object is needed, of letters, digits and _ ! . ( ) = + @ , -",
  remedy: "leave out s3:// and name one object, without wildcards and variables",
};

/** A user name or token inside the URL would stand in the project for all to read. */
const repositories: TextRule = {
  pattern: /^https:\/\/[\w.-]+\/(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w./~+-]+$/,
  allowed: "the URL of a repository over HTTPS, without user name or token, is needed",
  remedy: "connect CodeBuild to the repository's host once for the account and give the plain URL",
  unquoted: true,
};

/** `propertyPath` leads to what holds both. */
export function checkBuild(
  propertyPath: string,
  source: BuildSource | undefined,
  build: BuildCommands,
): ArgumentProblem[] {
  const rule = source?.type === "S3" ? objects : repositories;
  return [
    ...checkText(`${propertyPath}.source.location`, source?.location, rule),
    ...("file" in build
      ? checkFile(propertyPath, source, build.file)
      : checkCommands(propertyPath, build.commands)),
  ];
}

const files: TextRule = {
  pattern: buildFilePattern,
  allowed: "the path of a YAML file inside the source is needed",
  remedy: "write it from the source's root, as in ci/buildspec.yml",
};

function checkFile(propertyPath: string, source: BuildSource | undefined, file: string): ArgumentProblem[] {
  return [
    ...checkText(`${propertyPath}.build.file`, file, files),
    ...check(source !== undefined, `${propertyPath}.source`, {
      found: "none was found",
      allowed: "a build specification in a file lies in a source",
      remedy: "name the source, or give commands",
    }),
  ];
}

function checkCommands(propertyPath: string, commands: readonly string[]): ArgumentProblem[] {
  return check(
    commands.length > 0 && commands.every((command) => command.trim() !== ""),
    `${propertyPath}.build.commands`,
    {
      found: commands.length === 0 ? "an empty list was found" : "an empty command was found",
      allowed: "at least one command is needed, and none without text",
      remedy: "say what the build runs",
    },
  );
}
