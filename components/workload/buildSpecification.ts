import { yamlText } from "../../model/yaml/yamlText";
import { type InjectedSecret, type InjectedValue, parameterNameOf } from "./references";

/** What a build runs: a file of its source, or commands that stand alone. */
export type BuildCommands = { readonly file: string } | { readonly commands: readonly string[] };

/** A variable of a build project. */
export interface BuildVariable {
  readonly name: string;
  readonly type: "PLAINTEXT" | "PARAMETER_STORE" | "SECRETS_MANAGER";
  readonly value: string;
}

/**
 * `buildspec` of a project: the path of a file, or an inline specification that names where each value comes from.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env
 */
export function buildSpecification(build: BuildCommands, injected: readonly InjectedValue[]): string {
  if ("file" in build) return build.file;
  const secrets = byVariable(injected, "secret", secretReference);
  const parameters = byVariable(injected, "parameter", ({ arn }) => parameterNameOf(arn));
  const specification = {
    version: 0.2,
    ...(injected.length > 0 && {
      env: {
        ...(secrets && { "secrets-manager": secrets }),
        ...(parameters && { "parameter-store": parameters }),
      },
    }),
    phases: { build: { commands: build.commands } },
  };
  return yamlText(specification);
}

/** For a specification in a file, which knows nothing of this project: the same references as project variables. */
export function injectedVariables(build: BuildCommands, injected: readonly InjectedValue[]): BuildVariable[] {
  if ("commands" in build) return [];
  return injected.map((value) =>
    value.kind === "secret"
      ? { name: value.variable, type: "SECRETS_MANAGER", value: secretReference(value) }
      : { name: value.variable, type: "PARAMETER_STORE", value: parameterNameOf(value.arn) },
  );
}

/**
 * `secret-id:json-key:version-stage:version-id`, where what is left out means the whole value and AWSCURRENT; for
 * another account's secret the id must be the full ARN.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.env.secrets-manager
 */
function secretReference({ arn, field }: InjectedSecret): string {
  return field === undefined ? arn : `${arn}:${field}`;
}

function byVariable<Kind extends InjectedValue["kind"]>(
  injected: readonly InjectedValue[],
  kind: Kind,
  reference: (value: Extract<InjectedValue, { kind: Kind }>) => string,
): Record<string, string> | undefined {
  const values = injected.filter(
    (value): value is Extract<InjectedValue, { kind: Kind }> => value.kind === kind,
  );
  return values.length > 0
    ? Object.fromEntries(values.map((value) => [value.variable, reference(value)]))
    : undefined;
}
