import type { PolicyDocument, Statement } from "../../../../model/documents/policy";

/** The document without one statement, without one key of a condition, or with one condition turned round; each in turn. */
export function weakened(document: PolicyDocument): readonly (readonly [what: string, PolicyDocument])[] {
  return document.Statement.flatMap((statement, index) => {
    const { Sid } = statement;
    const conditioned = (what: string, Condition: Statement["Condition"]) =>
      [
        `${Sid} ${what}`,
        { ...document, Statement: document.Statement.with(index, { ...statement, Condition } as Statement) },
      ] as const;
    const keys = Object.entries(statement.Condition ?? {}).flatMap(([operator, tests]) =>
      Object.keys(tests).map((key) => [operator, key] as const),
    );
    return [
      [`without ${Sid}`, { ...document, Statement: document.Statement.toSpliced(index, 1) }] as const,
      ...keys.flatMap(([operator, key]) => {
        const all = statement.Condition!;
        const tests = all[operator]!;
        const without = {
          ...all,
          [operator]: Object.fromEntries(Object.entries(tests).filter(([one]) => one !== key)),
        };
        const turned = { ...all, [operator]: { ...tests, [key]: tests[key] === "true" ? "false" : "true" } };
        return [
          conditioned(`without ${operator} ${key}`, without),
          ...(operator === "Bool" || operator === "Null"
            ? [conditioned(`with ${operator} ${key} turned round`, turned)]
            : []),
        ];
      }),
    ];
  });
}
