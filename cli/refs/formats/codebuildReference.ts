import type { Located } from "../subject";

/**
 * As CodeBuild takes it: a parameter by its name, a secret as `arn:json-key`.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 */
export function codebuildReference({ item, arn, field }: Located): string {
  if (item.kind === "parameter") return item.name;
  return field === undefined ? arn : `${arn}:${field}`;
}
