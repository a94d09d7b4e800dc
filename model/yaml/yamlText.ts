import { Document, visit } from "yaml";

/**
 * Without what readers of YAML 1.1 take for something else than a text, such as `yes`, `2026-01-01`, `12:30:00` or `=`, as a
 * value or as a key: CloudFormation, CodeBuild and Kubernetes read that version.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * https://yaml.org/type/
 */
export function yamlText(value: object): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === "string" && /^[-+.=~<\d].*$/.test(scalar.value))
        scalar.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0 });
}
