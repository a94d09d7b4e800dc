import { undecided, type Rule, type StackFinding } from "../rule";
import { types } from "../../view/types";
import { cisControls } from "./cisControls";
import { askedFor } from "./filterPattern";
import { watchedIn } from "./watched";

export const alarmsCis: Rule = {
  id: "alarms-cis",
  title: "An account with a trail has the alarms of the CIS benchmark",
  why: "A trail is evidence for afterwards; these changes are what an attacker does first, and need a person at once",
  remedy:
    "Add a metric filter on the log group that the trail writes to, and an alarm with an action, for each control",
  severity: "medium",
  level: "mandatory",
  references: cisControls.map(({ id }) => `CIS AWS 3.0 ${id}`),
  stack: {
    types: [types.trail, types.metricFilter],
    *check(stack): Iterable<StackFinding> {
      const watched = watchedIn(stack);
      for (const { id, about, holds } of cisControls) {
        const watching = watched.filter(
          ({ pattern }) => pattern === undefined || holds.every((text) => holdsWord(askedFor(pattern), text)),
        );
        if (watching.some(({ dependsOn }) => dependsOn === undefined)) continue;
        const dependsOn = watching[0]?.dependsOn;
        yield dependsOn === undefined
          ? { message: `${id}: no metric filter with an alarm watches ${about}` }
          : undecided(`${dependsOn}, for ${id},`);
      }
    },
  },
};

/** As a word of its own: `CreatePolicy` is not in `CreatePolicyVersion`. */
function holdsWord(pattern: string, text: string): boolean {
  for (let at = pattern.indexOf(text); at >= 0; at = pattern.indexOf(text, at + 1)) {
    if (!isLetter(pattern[at + text.length])) return true;
  }
  return false;
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z]/.test(character);
}
