import { createHash } from "node:crypto";
import { deepDiff, type Change } from "./deepDiff";
import { containsUnknown, secret, unknownValue, without, type Properties } from "./properties";
import type { ResourceTarget, State } from "./resourceHandler";
import type { Autoname, CheckFailure, ResourceType } from "./resourceType";

/** Inputs that the program left out, by name; kept in the inputs as the real providers do. */
const defaultsKey = "__defaults";

/** Fills in defaults and a generated name, and says what is wrong with the inputs. */
export function check<T extends ResourceTarget>(
  type: ResourceType<T>,
  name: string,
  { olds, news }: { readonly olds: Properties; readonly news: Properties },
  seed: Uint8Array,
): { inputs: Properties; failures: CheckFailure[] } {
  const inputs: Properties = { ...news };
  const filled: string[] = [];
  for (const [key, value] of Object.entries(type.defaults)) {
    if (inputs[key] === undefined) {
      inputs[key] = value;
      filled.push(key);
    }
  }
  const { autoname } = type;
  if (autoname !== undefined && needsName(autoname, inputs)) {
    inputs[autoname.property] = wasFilled(olds, autoname.property)
      ? olds[autoname.property]
      : `${name}-${randomHex(seed, name)}${autoname.suffix ?? ""}`;
    filled.push(autoname.property);
  }
  inputs[defaultsKey] = filled;
  return { inputs, failures: type.check?.(inputs) ?? [] };
}

function needsName(autoname: Autoname, inputs: Properties): boolean {
  const prefix = autoname.prefixProperty;
  return inputs[autoname.property] === undefined && (prefix === undefined || inputs[prefix] === undefined);
}

function wasFilled(inputs: Properties, property: string): boolean {
  const filled = inputs[defaultsKey];
  return Array.isArray(filled) && filled.includes(property) && inputs[property] !== undefined;
}

/** Seven hexadecimal digits; the engine's seed is the same in a preview and the update after it. */
function randomHex(seed: Uint8Array, name: string): string {
  return createHash("sha256").update(seed).update(name).digest("hex").slice(0, 7);
}

/** What would change, and whether that takes another resource. */
export interface Difference {
  changes: (Change & { replaces: boolean })[];
  deleteBeforeReplace: boolean;
}

export function difference<T extends ResourceTarget>(
  type: ResourceType<T>,
  olds: Properties,
  news: Properties,
): Difference {
  const changes = deepDiff(olds, news).map((change) => ({
    ...change,
    replaces: replaces(type, change.path),
  }));
  const nameProperty = type.autoname?.property;
  // Two resources cannot share a name that the program chose, so the old one has to go first.
  const sameChosenName =
    nameProperty !== undefined && olds[nameProperty] === news[nameProperty] && !wasFilled(news, nameProperty);
  return { changes, deleteBeforeReplace: changes.some((change) => change.replaces) && sameChosenName };
}

function replaces<T extends ResourceTarget>(type: ResourceType<T>, path: string): boolean {
  const plain = path.replace(/\[[^\]]*\]/g, "");
  return type.replaceOn.some((property) => plain === property || plain.startsWith(`${property}.`));
}

/** Outputs of a creation as far as a preview knows them. */
export function previewCreate<T extends ResourceTarget>(
  type: ResourceType<T>,
  target: T,
  inputs: Properties,
): Properties {
  const computed = Object.fromEntries(type.computed.map((property) => [property, unknownValue]));
  return marked(type, { ...computed, ...withoutDefaultsKey(inputs), ...known(type, target, inputs) });
}

/** Outputs of an update as far as a preview knows them. */
export function previewUpdate<T extends ResourceTarget>(
  type: ResourceType<T>,
  target: T,
  old: State,
  inputs: Properties,
): Properties {
  const volatile = Object.fromEntries(type.volatile.map((property) => [property, unknownValue]));
  return marked(type, { ...afterUpdate(old, inputs), ...volatile, ...known(type, target, inputs) });
}

/** The old outputs with the inputs of the update in their place. */
export function afterUpdate(old: State, inputs: Properties): Properties {
  const kept = Object.entries(old.outputs).filter(([key]) => !(key in old.inputs) || key in inputs);
  return { ...Object.fromEntries(kept), ...withoutDefaultsKey(inputs) };
}

/** Marks the outputs that the engine must encrypt. */
export function marked<T extends ResourceTarget>(type: ResourceType<T>, outputs: Properties): Properties {
  const result = { ...outputs };
  for (const property of type.secrets) {
    if (result[property] !== undefined && result[property] !== unknownValue) {
      result[property] = secret(result[property]);
    }
  }
  return result;
}

function known<T extends ResourceTarget>(type: ResourceType<T>, target: T, inputs: Properties): Properties {
  const outputs = type.known?.(target, inputs) ?? {};
  return Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [key, containsUnknown(value) ? unknownValue : value]),
  );
}

/** Inputs as outputs repeat them. */
export function withoutDefaultsKey(inputs: Properties): Properties {
  return without(inputs, defaultsKey);
}
