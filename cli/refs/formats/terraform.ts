import type { Subject } from "../subject";

/**
 * Reads what the stack publishes, so that nothing of it is copied; for a provider in the workload account.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ssm_parameter
 */
export function terraform({ consumer, document }: Subject): string {
  const { service, environment, references } = consumer;
  const name = `${service}_${environment}_${consumer.consumer}`.replace(/[^A-Za-z0-9_]/g, "_");
  const locals =
    references === undefined
      ? []
      : [`data "aws_ssm_parameter" "${name}" {`, `  name = "${references.name}"`, "}", ""];
  const from =
    references === undefined
      ? `jsondecode(${quoted(JSON.stringify(document))})`
      : `jsondecode(data.aws_ssm_parameter.${name}.insecure_value)`;
  return [
    ...locals,
    "locals {",
    `  ${name} = ${from}`,
    "}",
    "",
    `# Role ARNs: ${Object.keys(document.roles)
      .map((key) => `local.${name}.roles.${key}`)
      .join(", ")}`,
    `# A container's \`secrets\` and \`environment\`: local.${name}.secrets, local.${name}.environment`,
    `# As a map: { for one in local.${name}.environment : one.name => one.value }`,
  ].join("\n");
}

/**
 * A string of HCL, in which plain text begins no template: the brace is written as its code.
 * https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
 */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/([$%])\{/g, "$1\\u007b");
}
