import type { Located, Subject } from "../subject";
import { codebuildReference } from "./codebuildReference";
import { yamlText } from "../../../model/yaml/yamlText";

/**
 * `env` of a build specification.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env
 */
export function buildspec({ document, injected }: Subject): string {
  const secrets = injected.filter(({ item }) => item.kind !== "parameter");
  const parameters = injected.filter(({ item }) => item.kind === "parameter");
  const byVariable = (all: readonly Located[]) =>
    Object.fromEntries(all.map((one) => [one.variable, codebuildReference(one)]));
  const env = {
    ...(document.environment.length > 0 && {
      variables: Object.fromEntries(document.environment.map(({ name, value }) => [name, value])),
    }),
    ...(parameters.length > 0 && { "parameter-store": byVariable(parameters) }),
    ...(secrets.length > 0 && { "secrets-manager": byVariable(secrets) }),
  };
  return yamlText({ version: 0.2, env });
}
