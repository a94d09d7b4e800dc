import type { HeldName, Inventory, ItemToSet } from "../../../../model/changes/types";
import { types } from "../../../../policies/view/types";
import type { ExportedResource } from "./readExport";

/** Names in an export: those held, those protected, and those whose value people put. */
export function namesOfExport(
  stacks: ReadonlyMap<string, readonly ExportedResource[]>,
): Omit<Inventory, "things"> {
  const all = [...stacks].map(([stack, resources]) => namesOfStack(stack, resources));
  return {
    names: all.flatMap(({ names }) => names),
    protectedNames: all.flatMap(({ protectedNames }) => protectedNames),
    toSet: all.flatMap(({ toSet }) => toSet),
  };
}

function namesOfStack(stack: string, resources: readonly ExportedResource[]): Omit<Inventory, "things"> {
  const named = (...of: readonly string[]): readonly HeldName[] =>
    resources
      .filter(({ type }) => of.includes(type))
      .map(({ inputs }) => ({ stack, name: String(inputs["name"]) }));
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const exported = root?.outputs["protectedNames"];
  // A generated secret has its value from the start.
  const generated = new Set(
    resources
      .filter(({ type, inputs }) => type === types.secretRotation && inputs["rotateImmediately"] === true)
      .map(({ parent }) => parent),
  );
  const waiting = resources.filter(({ type, parent }) => type === types.secret && !generated.has(parent));
  const toSet: readonly ItemToSet[] = [
    ...waiting.map(({ inputs }) => String(inputs["name"])),
    ...named(types.expiringParameter).map(({ name }) => name),
  ].map((name) => ({ stack, name, item: name.replace(/^\//, "") }));
  return {
    names: named(types.secret, types.parameter, types.expiringParameter, types.keyAlias),
    protectedNames: (Array.isArray(exported) ? exported : []).map((name) => ({ stack, name: String(name) })),
    toSet,
  };
}
