import { isCredentialName } from "../../model/aws/credentialNames";
import { finding, undecided, type Finding } from "../rules/rule";
import { textOf, unknown, type Value } from "../view/values";
import { plainCredential } from "./settings";

/** Findings about one variable of a process's environment. */
export function* checkVariable(property: string, name: Value, value: Value): Iterable<Finding> {
  if (value === unknown) {
    // Not knowing it matters where its name announces a credential; other values come from outputs all the time.
    if (name === unknown || isCredentialName(textOf(name) ?? "")) yield undecided(property);
    return;
  }
  const text = textOf(value);
  if (text === undefined) return;
  const wrong = plainCredential(name === unknown ? "" : (textOf(name) ?? ""), text);
  if (wrong !== undefined) yield finding(property, wrong);
  else if (name === unknown) yield undecided(property);
}
