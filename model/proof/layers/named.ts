import type { Call } from "../../access/call";
import type { ReadPolicy } from "../../access/policies";
import type { ReadStatement } from "../../access/statements";
import { meant } from "../../access/subjects";
import { groupBy } from "../../groupBy";
import { changesOf, type Change } from "./changes";

/**
 * Calls that are made of what a policy's own statements name: principals, resources, services, names in the encryption
 * context and so on, each made concrete. Probes that the Plan makes up cannot know a role or a secret that somebody wrote
 * into a policy; the policy itself does.
 *
 * For each statement and action one call to which the statement applies, if there is such, and that call with one thing
 * about it changed to each other value that the statement names.
 *
 * @param probes those of the Plan; calls are made from the first that the statement applies to, or from the first of all
 */
export function namedCalls({ statements }: ReadPolicy, probes: readonly Call[]): readonly Call[] {
  const aliases = new Set(probes.flatMap(({ key }) => key?.aliases ?? []));
  const byAction = groupBy(probes, ({ action }) => action);
  return statements.flatMap((statement) =>
    [...statement.actions].flatMap((action) => {
      const asked = byAction.get(action) ?? [];
      const [first] = asked;
      if (first === undefined) return [];
      const from = asked.find((call) => applies(statement, call)) ?? first;
      const changes = changesOf(statement, from, aliases);
      const start = nearest(statement, from, changes);
      return [start, ...changes.flatMap((each) => each.map((change) => change(start)))];
    }),
  );
}

/** Of each thing the value that leaves the least of the statement unmet. */
function nearest(statement: ReadStatement, from: Call, changes: readonly (readonly Change[])[]): Call {
  return changes.reduce((call, each) => {
    let best = call;
    for (const change of each) {
      if (unmet(statement, best) === 0) break;
      const changed = change(call);
      if (unmet(statement, changed) < unmet(statement, best)) best = changed;
    }
    return best;
  }, from);
}

function applies({ aboutResource, principals, tests }: ReadStatement, call: Call): boolean {
  return (
    aboutResource(call.resource) &&
    (principals === undefined || meant(principals, call.by) !== undefined) &&
    tests.every(({ holds }) => holds(call))
  );
}

/** How many of its parts keep a statement from applying. */
function unmet({ aboutResource, principals, tests }: ReadStatement, call: Call): number {
  const means = principals === undefined || meant(principals, call.by) !== undefined;
  return (
    Number(!aboutResource(call.resource)) + Number(!means) + tests.filter(({ holds }) => !holds(call)).length
  );
}
