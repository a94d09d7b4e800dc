import { checkTags } from "../../credentials/tags";
import { credentialIn } from "../../credentials/values";
import { plainCredential } from "../../credentials/settings";
import { isCredentialName } from "../../../model/aws/credentialNames";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { referencesOwner } from "../../view/names";
import { textOf, unknown, type Properties } from "../../view/values";

export const parameterSecure: Rule = {
  id: "parameter-secure",
  title: "A sensitive parameter is a SecureString",
  why: "A String is stored and shown in plain text to everyone who may describe or read parameters",
  remedy: "Make it a SecureString whose value is put with `npx platform set`",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV2_AWS_34", "KICS ssm_parameter_not_secure"],
  settings: ["publicParameters"],
  resource: {
    types: [types.parameter],
    *check({ props }, { publicParameters }): Iterable<Finding> {
      yield* checkTags(props);
      const type = props["type"];
      if (type === "SecureString") return;
      const found = [...sensitivityOf(props, publicParameters)];
      if (type === unknown) {
        if (found.length > 0) yield undecided("type");
      } else yield* found;
    },
  },
};

const valueProperties = ["value", "insecureValue", "valueWo"];

function* sensitivityOf(props: Properties, publicParameters: readonly string[]): Iterable<Finding> {
  const name = textOf(props["name"]) ?? "";
  const isSaidPublic = publicParameters.includes(name);
  // A consumer's name says nothing of what tells where its values are; the text is looked at all the same.
  const lastPart = referencesOwner(name) ? "" : name.slice(name.lastIndexOf("/") + 1);
  for (const property of valueProperties) {
    const value = props[property];
    const text = textOf(value);
    if (text !== undefined) {
      const wrong = plainCredential(isSaidPublic ? "" : lastPart, text);
      if (wrong !== undefined) yield finding(credentialIn(text) === undefined ? "name" : property, wrong);
      // Plain text is for the name to tell, unless it only says where a credential is.
      else if (props["name"] === unknown && plainCredential("password", text) !== undefined)
        yield undecided("name");
    } else if (value === unknown) {
      if (!isSaidPublic && isCredentialName(lastPart))
        yield finding("name", "is a credential's, and the type is not SecureString");
      else yield undecided(property);
    }
  }
}
