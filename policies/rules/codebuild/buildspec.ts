import { parse } from "yaml";

import { objectOf, type Value } from "../../view/values";

/** The plain variables of an inline build specification; none when it is the path of a file. */
export function inlineVariables(buildspec: string): readonly (readonly [string, Value])[] {
  if (!buildspec.includes("\n") && !buildspec.trimStart().startsWith("{")) return [];
  try {
    const { env } = objectOf(parse(buildspec, { logLevel: "silent" }) as Value);
    return Object.entries(objectOf(objectOf(env)["variables"]));
  } catch {
    // CodeBuild refuses it; there is nothing in it to name.
    return [];
  }
}
