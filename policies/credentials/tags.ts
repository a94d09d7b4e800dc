import { finding, undecided, type Finding } from "../rules/rule";
import { objectOf, textOf, unknown, type Properties } from "../view/values";
import { credentialIn } from "./values";

/** Tags are shown to everyone who may list resources, in bills and in logs. */
export function* checkTags({ tags }: Properties): Iterable<Finding> {
  if (tags === unknown) {
    yield undecided("tags");
    return;
  }
  for (const [name, value] of Object.entries(objectOf(tags))) {
    const form = credentialIn(textOf(value) ?? "");
    if (form !== undefined) yield finding(`tags.${name}`, `holds what looks like ${form}`);
  }
}
