import type { Located, Subject } from "../subject";
import { codebuildReference } from "./codebuildReference";

/**
 * For a stack of the workload account, in TypeScript. Roles are imported so that CDK adds nothing to their policies.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.Role.html#static-fromwbrrolewbrarnscope-id-rolearn-options
 */
export function cdk({ consumer, document, injected }: Subject): string {
  const { kind } = consumer.settings;
  const secrets = new Map<string, string>();
  for (const one of injected)
    if (one.item.kind !== "parameter" && !secrets.has(one.arn))
      secrets.set(one.arn, idOf(one, [...secrets.values()]));
  const values =
    kind === "codebuild" ? injected.map(buildVariable) : injected.map((one) => containerSecret(one, secrets));
  const modules = [
    "aws_iam as iam",
    ...(injected.length === 0
      ? []
      : kind === "codebuild"
        ? ["aws_codebuild as codebuild"]
        : ["aws_ecs as ecs"]),
    ...(kind !== "codebuild" && secrets.size > 0 ? ["aws_secretsmanager as secretsmanager"] : []),
    ...(kind !== "codebuild" && injected.some(({ item }) => item.kind === "parameter")
      ? ["aws_ssm as ssm"]
      : []),
  ];
  return [
    `import { ${modules.join(", ")} } from "aws-cdk-lib";`,
    "",
    ...Object.entries(document.roles).map(
      ([key, arn]) =>
        `const ${key}Role = iam.Role.fromRoleArn(this, "${pascal(key)}Role", "${arn}", { mutable: false });`,
    ),
    ...(document.environment.length === 0
      ? []
      : [
          "const environment = {",
          ...document.environment.map(({ name, value }) => `  ${name}: ${JSON.stringify(value)},`),
          "};",
        ]),
    ...(kind === "codebuild"
      ? []
      : [...secrets].map(
          ([arn, id]) =>
            `const ${id} = secretsmanager.Secret.fromSecretCompleteArn(this, "${pascal(id)}", "${arn}");`,
        )),
    ...(values.length === 0
      ? []
      : [
          kind === "codebuild" ? "const environmentVariables = {" : "const secrets = {",
          ...values.map((line) => `  ${line},`),
          "};",
        ]),
  ].join("\n");
}

/** A name of TypeScript; names of the manifest that differ in their hyphens and slashes alone would have the same one. */
function idOf({ named }: Located, taken: readonly string[]): string {
  const id = named.replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase());
  const used = taken.filter((other) => other.replace(/\d*$/, "") === `${id}Secret`).length;
  return `${id}Secret${used === 0 ? "" : used + 1}`;
}

function pascal(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function containerSecret(one: Located, secrets: ReadonlyMap<string, string>): string {
  const { variable, item, field, arn } = one;
  if (item.kind !== "parameter")
    return `${variable}: ecs.Secret.fromSecretsManager(${secrets.get(arn) ?? ""}${field === undefined ? "" : `, "${field}"`})`;
  const id = `${variable}Parameter`;
  const parameter =
    item.type === "SecureString"
      ? `fromSecureStringParameterAttributes(this, "${id}", { parameterName: "${item.name}" })`
      : `fromStringParameterName(this, "${id}", "${item.name}")`;
  return `${variable}: ecs.Secret.fromSsmParameter(ssm.StringParameter.${parameter})`;
}

function buildVariable(one: Located): string {
  const type = one.item.kind === "parameter" ? "PARAMETER_STORE" : "SECRETS_MANAGER";
  return `${one.variable}: { type: codebuild.BuildEnvironmentVariableType.${type}, value: "${codebuildReference(one)}" }`;
}
