import fc from "fast-check";
import { credentialUnder } from "../../../model/yaml/credentials";
import { unseenIn } from "../../../model/yaml/unseen";

/** Draws values one after the other; what is drawn later may depend on what was drawn before. */
export type Draw = fc.GeneratorValue;

/**
 * Words that names are made of. None is an environment or the end of a role's name, so that no two names meet by
 * accident, and none says that a value is sensitive.
 */
const words = [
  ...[
    "cart",
    "stock",
    "mail",
    "search",
    "price",
    "feed",
    "audit",
    "media",
    "route",
    "queue",
    "cache",
    "sync",
  ],
  ...[
    "a",
    "b2",
    "eu",
    "api",
    "web",
    "job",
    "log",
    "v2",
    "core",
    "edge",
    "import",
    "export",
    "report",
    "billing",
  ],
];

export function pick<Value>(draw: Draw, values: readonly Value[]): Value {
  return values[draw(fc.nat, { max: values.length - 1 })]!;
}

/** Kebab-case, of one to three words. */
export function kebabName(draw: Draw): string {
  const count = draw(fc.integer, { min: 1, max: 3 });
  return Array.from({ length: count }, () => pick(draw, words)).join("-");
}

/** A name that `taken` does not have yet; adds it there. */
export function freshName(
  draw: Draw,
  taken: Set<string>,
  usable: (name: string) => boolean = () => true,
): string {
  for (let attempt = 0; ; attempt++) {
    const name = attempt < 20 ? kebabName(draw) : `x${taken.size + attempt}`;
    if (taken.has(name) || !usable(name)) continue;
    taken.add(name);
    return name;
  }
}

export function usableForSecret(name: string): boolean {
  return !/-.{6}$/.test(name);
}

export function usableForService(name: string): boolean {
  return name.length >= 2;
}

/** Some of the entries, in their order; perhaps none. */
export function someOf<Entry>(draw: Draw, entries: readonly Entry[], most = 4): Entry[] {
  return entries.length === 0
    ? []
    : draw(fc.subarray<Entry>, [...entries], { maxLength: Math.min(most, entries.length) });
}

export function maybe<Value>(draw: Draw, make: () => Value): Value | undefined {
  return draw(fc.boolean) ? make() : undefined;
}

/** Without the keys whose value is undefined. */
export function defined<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}

/** One value for all environments, or one for each. */
export function perEnvironment<Value>(
  draw: Draw,
  environments: readonly string[],
  make: () => Value,
): Value | Record<string, Value> {
  if (draw(fc.boolean)) return make();
  return Object.fromEntries(environments.map((name) => [name, make()]));
}

/** A text that Parameter Store takes and nobody takes for a credential. */
export function harmlessText(draw: Draw, allowComma = true): string {
  const text = draw(fc.string, { unit: "grapheme", minLength: 1, maxLength: 60 });
  const usable = text.trim() !== "" && !/\{\{|\}\}/.test(text) && (allowComma || !text.includes(","));
  return usable && unseenIn(text).length === 0 && credentialUnder("setting", text) === undefined
    ? text
    : "plain";
}
