import { isObject } from "../../access/conditions";
import type { NamedPolicy } from "../../access/input";

/** A statement as it is written. */
export type Written = Readonly<Record<string, unknown>>;

/** The statements of a document that was read before, each with its Sid, or its place in the document, from 1. */
export function writtenIn({
  document,
}: NamedPolicy): readonly { readonly name: string; readonly statement: Written }[] {
  const found: unknown = typeof document === "string" ? JSON.parse(document) : document;
  const { Statement } = isObject(found) ? found : { Statement: [] };
  const all: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return all.flatMap((statement, at) => {
    if (!isObject(statement)) return [];
    const sid = statement["Sid"];
    return [{ name: typeof sid === "string" && sid !== "" ? sid : String(at + 1), statement }];
  });
}

/** Whether its condition demands, by one of the operators, that the key is one of the values; a key in any case of letters. */
export function demands(
  { Condition }: Written,
  operators: readonly string[],
  key: string,
  values: readonly string[],
): boolean {
  return Object.entries(isObject(Condition) ? Condition : {}).some(
    ([operator, tests]) =>
      operators.includes(operator) &&
      Object.entries(isObject(tests) ? tests : {}).some(([name, given]) => {
        const wanted = [given].flat().map(String);
        return (
          name.toLowerCase() === key.toLowerCase() &&
          wanted.length > 0 &&
          wanted.every((one) => values.includes(one))
        );
      }),
  );
}
