import type { Call } from "./call";
import type { ReadPolicy } from "./policies";
import type { ReadStatement } from "./statements";
import { meant } from "./subjects";

/** A statement that allows the action and does not apply to the call, with every part of it that keeps it from that. */
export interface Miss {
  readonly statement: ReadStatement;
  readonly reasons: readonly Reason[];
}

export type Reason = { readonly wanted: readonly string[] } & (
  | { readonly part: "resource"; readonly except: boolean }
  | { readonly part: "principal" }
  | {
      readonly part: "condition";
      readonly operator: string;
      readonly key: string;
      readonly found?: readonly string[];
    }
);

export function misses({ byAction }: ReadPolicy, call: Call): readonly Miss[] {
  return (byAction.get(call.action) ?? [])
    .filter(({ effect }) => effect === "Allow")
    .map((statement) => ({ statement, reasons: reasons(statement, call) }))
    .filter((miss) => miss.reasons.length > 0);
}

function reasons(statement: ReadStatement, call: Call): readonly Reason[] {
  const { aboutResource, resources, except, principals, tests } = statement;
  const conditions = tests.filter(({ holds }) => !holds(call));
  return [
    ...(aboutResource(call.resource) ? [] : [{ part: "resource" as const, wanted: resources, except }]),
    ...(principals === undefined || meant(principals, call.by) !== undefined
      ? []
      : [
          {
            part: "principal" as const,
            wanted: [
              ...[...principals.accounts].map((account) => `the account ${account}`),
              ...principals.roles,
            ],
          },
        ]),
    ...conditions.map(({ operator, key, wanted, found }): Reason => {
      const has = found(call);
      return { part: "condition", operator, key, wanted, ...(has !== undefined && { found: has }) };
    }),
  ];
}
