import { alternateUser, firstUser, lengthOf, userNames } from "../../values/databaseUsers";
import { entriesOf, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import type { DatabaseEngine, DatabaseStrategy } from "../types";
import { eachManifest } from "./rule";
import { spelledOut } from "./spelledOut";
import type { ProblemWords } from "../../yaml/problem";

/** Names of users that the engine knows, and that the function which rotates them can work with. */
export const databaseUserNames = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation, database }]) => {
    const method = databaseMethod(rotation?.method);
    if (method === undefined) return [];
    const rotated = { ...method, byAws: rotation?.hosted !== "platform" };
    return spelledOut<string>(["secrets", name, "database", "username"], database?.username).flatMap(
      ({ value, path }) => problems(value, rotated).map((problem) => problemAt(manifest, path, problem)),
    );
  }),
);

interface Rotated {
  readonly engine: DatabaseEngine;
  readonly strategy: DatabaseStrategy;
  /** By the function AWS publishes, not this platform's. */
  readonly byAws: boolean;
}

function problems(name: string, rotated: Rotated): readonly ProblemWords[] {
  return [
    lengthProblem(name, rotated),
    cloneProblem(name, rotated),
    placeholderProblem(name, rotated),
    caseProblem(name, rotated),
  ].filter((problem) => problem !== undefined);
}

function lengthProblem(name: string, { engine, strategy }: Rotated): ProblemWords | undefined {
  const { unit, longest, longestClone, cloneSuffix } = userNames[engine];
  const alternates = strategy === "alternating-users" && firstUser(engine, name) === undefined;
  const [most, length] = alternates
    ? [longestClone, lengthOf(engine, alternateUser(engine, name))]
    : [longest, lengthOf(engine, name)];
  if (most === undefined || length <= most) return undefined;
  return {
    found: `found a name of ${lengthOf(engine, name)} ${isAscii(name) ? "characters" : unit}`,
    allowed: alternates
      ? `with \`${cloneSuffix}\` behind it, for the second user, it has at most ${most}`
      : `the name of a user has at most ${most} in ${engine}`,
    remedy: "choose a shorter name",
  };
}

function isAscii(name: string): boolean {
  return /^[\x20-\x7e]*$/.test(name);
}

function cloneProblem(name: string, { engine, strategy }: Rotated): ProblemWords | undefined {
  const first = firstUser(engine, name);
  if (strategy !== "alternating-users" || first === undefined) return undefined;
  const { cloneSuffix } = userNames[engine];
  return {
    found: `found a name that ends in \`${name.slice(-cloneSuffix.length)}\``,
    allowed: `\`${cloneSuffix}\` marks the second of two alternating users; the manifest names the first`,
    remedy:
      first === ""
        ? "choose another name"
        : `name the first user, \`${first}\`, or choose a name that ends otherwise`,
  };
}

function placeholderProblem(name: string, { engine, byAws }: Rotated): ProblemWords | undefined {
  const placeholder = userNames[engine].placeholder?.exec(name)?.[0];
  if (!byAws || placeholder === undefined) return undefined;
  return {
    found: `found \`${placeholder}\` in the name`,
    allowed: `AWS's function for ${engine} takes it for the place of a value, and fails`,
    remedy: `choose a name without it${engine === "postgres" ? ", or let this platform's function rotate it (`hosted: platform`)" : ""}`,
  };
}

/** AWS's function asks Redshift's catalogue for the name as it is written, and finds it in lower case only. */
function caseProblem(name: string, { engine }: Rotated): ProblemWords | undefined {
  if (engine !== "redshift" || !/[A-Z]/.test(name)) return undefined;
  return {
    found: "found capital letters",
    allowed: "Redshift keeps names in lower case",
    remedy: "write it in lower case",
  };
}
