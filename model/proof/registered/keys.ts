import type { KeyDocuments } from "../../access/input";
import { type ResourcesByType, textOf } from "./stack";

/** Keys of a stack, each with its aliases. */
export function keysIn(resources: ResourcesByType): readonly KeyDocuments[] {
  const aliases = resources.all("alias");
  return resources.all("key").map((key) => {
    const arn = textOf(key, "arn") ?? "";
    const own = aliases.filter((alias) =>
      [arn, textOf(key, "keyId")].includes(textOf(alias, "targetKeyId") ?? ""),
    );
    const names = own.map((alias) => textOf(alias, "name") ?? "");
    return {
      arn,
      aliases: names,
      policy: {
        name: `policy of the key ${names[0] ?? arn}${regionIn(arn)}`,
        document: textOf(key, "policy") ?? "",
      },
    };
  });
}

function regionIn(arn: string): string {
  const [, , , region, account] = arn.split(":");
  return ` in ${account ?? ""}, ${region ?? ""}`;
}

/** ARN of the key that a resource names by ARN, id or alias; the name itself where the stack has no such key. */
export function keyNamed(keys: readonly KeyDocuments[], name: string, region: string): string {
  const found = keys.find(
    ({ arn, aliases }) =>
      arn === name ||
      (arn.split(":")[3] === region && (arn.endsWith(`:key/${name}`) || aliases.includes(name))),
  );
  return found?.arn ?? name;
}
