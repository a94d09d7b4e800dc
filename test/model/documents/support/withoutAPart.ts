import type { PolicyDocument, Statement } from "../../../../model/documents/policy";

/** Without one statement, action, resource or exemption, each in turn. */
export function withoutAPart(document: PolicyDocument): readonly (readonly [string, PolicyDocument])[] {
  return document.Statement.flatMap((statement, index) => {
    const changed = (what: string, rest: Partial<Statement>) =>
      [
        `${statement.Sid} without ${what}`,
        { ...document, Statement: document.Statement.with(index, { ...statement, ...rest }) },
      ] as const;
    const exemptions = Object.entries(statement.Condition?.["ArnNotLike"] ?? {});
    return [
      [statement.Sid, { ...document, Statement: document.Statement.toSpliced(index, 1) }] as const,
      ...many(statement.Action).map((action) =>
        changed(action, { Action: many(statement.Action).filter((one) => one !== action) }),
      ),
      ...many(statement.Resource).map((resource) =>
        changed(resource, { Resource: many(statement.Resource).filter((one) => one !== resource) }),
      ),
      ...exemptions.flatMap(([key, names]) =>
        many(names).map((name) =>
          changed(`an exemption of ${name}`, {
            Condition: { ArnNotLike: { [key]: many(names).filter((one) => one !== name) } },
          }),
        ),
      ),
    ];
  });
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}
