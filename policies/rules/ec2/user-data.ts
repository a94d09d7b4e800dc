import type { Properties, Value } from "../../values";

/** The user data of an instance, launch template or launch configuration, by property. */
export function userDataOf(props: Properties): readonly (readonly [property: string, value: Value])[] {
  return ["userData", "userDataBase64"]
    .filter((property) => property in props)
    .map((property) => [property, props[property]] as const);
}

/** Launch templates take base64, instances plain text or base64; whichever it is, its text. */
export function decoded(text: string): string {
  if (text.includes("\n") || text.includes(" ") || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return text;
  return Buffer.from(text, "base64").toString("utf8");
}

/** `NAME=value` and `export NAME="value"`, wherever a line begins so. */
export function* assignmentsIn(text: string): Iterable<readonly [name: string, value: string]> {
  for (const line of text.split("\n")) {
    const assignment = /^\s*(?:export\s+|-\s+|ENV\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*[=:]\s*(\S.*?)\s*$/.exec(
      line,
    );
    const [, name, written] = assignment ?? [];
    if (name === undefined || written === undefined) continue;
    yield [name, written.replace(/^(["'])(.*)\1$/, "$2")];
  }
}
