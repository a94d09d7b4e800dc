import type { PolicyDocument } from "../../../../model/documents/policy";

/** With one value of a statement made to fit more, each in turn. */
export function widened(document: PolicyDocument): readonly (readonly [what: string, PolicyDocument])[] {
  return document.Statement.flatMap((statement, index) => {
    const changed = (what: string, rest: object) =>
      [
        `${statement.Sid} with ${what}`,
        { ...document, Statement: document.Statement.with(index, { ...statement, ...rest }) },
      ] as const;
    const values = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, value]) =>
        [value].flat().map((one) => {
          const others = [value].flat().filter((each) => each !== one);
          const wide = { ...keys, [key]: [...others, wider(operator, key, one)] };
          return changed(`a wider ${operator} ${key} ${one}`, {
            Condition: { ...statement.Condition, [operator]: wide },
          });
        }),
      ),
    );
    return [
      changed("any action", { Action: "*" }),
      ...("Resource" in statement && statement.Resource !== "*"
        ? [changed("any resource", { Resource: "*" })]
        : []),
      ...("Principal" in statement ? [changed("any principal", { Principal: { AWS: "*" } })] : []),
      ...values,
    ];
  });
}

/** A pattern that covers the value and more; beside a plain value another one, which some probe has. */
function wider(operator: string, key: string, value: string): string {
  if (operator.startsWith("Arn")) return value.replace(/[^:]*$/, "*");
  if (operator.endsWith("Like")) return "*";
  switch (key) {
    case "aws:PrincipalOrgID":
      return "o-otherotherot";
    case "kms:ViaService":
      return value.replace(/^[^.]*/, "s3");
    case "kms:ResourceAliases":
      return "alias/other";
    default:
      return `${value}-2`;
  }
}
