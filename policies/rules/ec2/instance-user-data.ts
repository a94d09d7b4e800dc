import { passwordBehindName } from "../../../model/aws/credentialForms";
import { checkTags } from "../../credentials/tags";
import { plainCredential } from "../../credentials/settings";
import { credentialIn } from "../../credentials/values";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { textOf, unknown } from "../../view/values";
import { assignmentsIn, decoded, userDataOf } from "./user-data";

export const instanceUserData: Rule = {
  id: "instance-user-data",
  title: "An instance's user data holds no credential",
  why: "User data is readable from the instance by any process, and from the API by everyone who may describe instances",
  remedy: "Read the secret at start with the instance's role",
  severity: "critical",
  level: "mandatory",
  references: ["Checkov CKV_AWS_46", "Checkov CKV_AWS_88"],
  resource: {
    types: [types.launchTemplate, types.launchConfiguration, types.instance, types.spotInstance],
    *check({ props }): Iterable<Finding> {
      yield* checkTags(props);
      for (const [property, value] of userDataOf(props)) {
        if (value === unknown) yield undecided(property);
        else yield* checkText(property, decoded(textOf(value) ?? ""));
      }
    },
  },
};

function* checkText(property: string, text: string): Iterable<Finding> {
  const form = credentialIn(text);
  const named =
    form === undefined || form === passwordBehindName ? [...checkAssignments(property, text)] : [];
  yield* named;
  if (form !== undefined && named.length === 0) yield finding(property, `holds what looks like ${form}`);
}

function* checkAssignments(property: string, text: string): Iterable<Finding> {
  for (const [name, value] of assignmentsIn(text)) {
    // A command or variable fetches the value when the instance starts.
    if (/^[$`]/.test(value) || plainCredential(name, value) === undefined) continue;
    yield finding(property, `sets ${name}, which is named like a credential, to plain text`);
  }
}
