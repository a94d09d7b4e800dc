import { parseArn } from "../documents/arn";
import type { Resource } from "./resource";
import { types } from "./types";
import { listOf, textOf } from "./values";

/** All resources of one stack, found by type, by URN and by what they are called in AWS. */
export interface Stack {
  readonly resources: readonly Resource[];
  /** URN of the stack itself; empty when there is none among the resources. */
  readonly root: string;
  /** In the order of the program; empty when there are none. */
  ofType(...types: readonly string[]): readonly Resource[];
  byUrn(urn: string): Resource | undefined;
  /**
   * The resources a property, or each entry of its list, refers to: by the engine's record of what the property came from, else by the ARN,
   * identifier or name it holds. A component that puts the same out is among them: callers look at types.
   */
  referred(from: Resource, property: string): readonly Resource[];
  /** The resources that an ARN, identifier or name means. */
  called(text: string): readonly Resource[];
}

/** Linear in the number of resources; each look-up afterwards is constant. */
export function stackOf(resources: readonly Resource[]): Stack {
  const byType = new Map<string, Resource[]>();
  const byUrn = new Map<string, Resource>();
  for (const resource of resources) {
    byUrn.set(resource.urn, resource);
    const same = byType.get(resource.type);
    if (same === undefined) byType.set(resource.type, [resource]);
    else same.push(resource);
  }
  let names: ReadonlyMap<string, readonly Resource[]> | undefined;
  const named = (text: string): readonly Resource[] => (names ??= namesOf(resources)).get(text) ?? [];
  // A component may put out the ARN of a thing inside it that does not exist yet.
  const called = (text: string): readonly Resource[] => [
    ...new Set([...named(text), ...named(iamName(text))]),
  ];

  return {
    resources,
    root: byType.get("pulumi:pulumi:Stack")?.[0]?.urn ?? "",
    ofType: (...types) =>
      types.length === 1
        ? (byType.get(types[0] ?? "") ?? [])
        : types.flatMap((type) => byType.get(type) ?? []),
    byUrn: (urn) => byUrn.get(urn),
    called,
    referred: (from, property) => {
      const recorded = (from.references[property] ?? []).flatMap((urn) => byUrn.get(urn) ?? []);
      if (recorded.length > 0) return recorded;
      return listOf(from.props[property]).flatMap((value) => called(textOf(value) ?? ""));
    },
  };
}

/** What other resources write when they mean this one. */
const identifiers = ["arn", "id", "name", "keyId"];

function namesOf(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const names = new Map<string, Resource[]>();
  for (const resource of resources) {
    const texts = identifiers.map((property) => textOf(resource.props[property]) ?? "");
    for (const text of new Set([...texts, pathAndName(resource)])) {
      if (text === "") continue;
      const same = names.get(text);
      if (same === undefined) names.set(text, [resource]);
      else same.push(resource);
    }
  }
  return names;
}

/** How IAM's ARNs call a thing: by kind, path and name, all known before it exists. */
const iamKinds = new Map<string, string>([
  [types.role, "role"],
  [types.managedPolicy, "policy"],
  [types.instanceProfile, "instance-profile"],
]);

function pathAndName({ type, props }: Resource): string {
  const kind = iamKinds.get(type);
  const name = textOf(props["name"]);
  return kind === undefined || name === undefined ? "" : `${kind}${textOf(props["path"]) ?? "/"}${name}`;
}

/** The same of an ARN that a program writes itself; empty for AWS's own policies and for anything else. */
function iamName(text: string): string {
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.account !== "aws" ? arn.resource : "";
}
