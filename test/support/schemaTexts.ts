/** A node of a JSON Schema, as far as it says where texts stand. */
interface Node {
  readonly type?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Node | boolean>>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  /** One of several maps, by the word that tells it. */
  readonly allOf?: readonly { readonly then?: Node }[];
}

/**
 * Every place of a text that a schema knows: `consumers.*(kind ecs).rollout.cluster`. A map whose keys its author names has
 * `*`, a list `[]`, one of several maps the word by which it is told.
 */
export function textsOfSchema(schema: object): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (node: Node, path: string): void => {
    for (const one of alternatives(node)) {
      const here = path + labelOf(one);
      if (isText(one)) found.add(path);
      if (one.items !== undefined) walk(one.items, `${here}[]`);
      if (typeof one.additionalProperties === "object") {
        found.add(`${here}.* as key`);
        walk(one.additionalProperties, `${here}.*`);
      }
      for (const [key, inner] of propertiesOf(one)) walk(inner, `${here}.${key}`);
    }
  };
  walk(schema, "");
  return found;
}

/** Those of them at which data has a text. */
export function textsDrawn(schema: object, data: unknown): ReadonlySet<string> {
  return new Set(textsIn(schema, data).map(({ place }) => place));
}

/** A text, or a key, of data. */
export interface Found {
  readonly at: readonly (string | number)[];
  readonly place: string;
}

/** Each of them with the path it stands at. */
export function textsIn(schema: object, data: unknown): readonly Found[] {
  const walk = (node: Node, value: unknown, at: Found["at"], path: string): readonly Found[] =>
    alternatives(node).flatMap((one): readonly Found[] => {
      const here = path + labelOf(one);
      if (typeof value === "string") return isText(one) ? [{ at, place: path }] : [];
      if (typeof value !== "object" || value === null) return [];
      if (Array.isArray(value)) {
        const { items } = one;
        if (items === undefined) return [];
        return value.flatMap((entry, index) => walk(items, entry, [...at, index], `${here}[]`));
      }
      if (!takes(one, value)) return [];
      const known = new Map(propertiesOf(one));
      return Object.entries(value).flatMap(([key, entry]): readonly Found[] => {
        const inner = known.get(key);
        const below = [...at, key];
        if (inner !== undefined) return walk(inner, entry, below, `${here}.${key}`);
        if (typeof one.additionalProperties !== "object") return [];
        return [
          { at: below, place: `${here}.* as key` },
          ...walk(one.additionalProperties, entry, below, `${here}.*`),
        ];
      });
    });
  return walk(schema, data, [], "");
}

function alternatives(node: Node): readonly Node[] {
  const told = (node.allOf ?? []).flatMap(({ then }) => then ?? []);
  const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...told].filter(
    ({ type, anyOf, oneOf, allOf, properties }) =>
      (type ?? anyOf ?? oneOf ?? allOf ?? properties) !== undefined,
  );
  return inner.length === 0 ? [node] : inner.flatMap(alternatives);
}

function isText({ type, enum: words, const: word }: Node): boolean {
  return (
    [type].flat().includes("string") ||
    typeof word === "string" ||
    words?.some((one) => typeof one === "string") === true
  );
}

function propertiesOf({ properties = {} }: Node): readonly (readonly [string, Node])[] {
  return Object.entries(properties).flatMap(([key, inner]) =>
    typeof inner === "object" ? [[key, inner] as const] : [],
  );
}

/** ` kind ecs`, for a map that one word tells from others. */
function labelOf(node: Node): string {
  const words = propertiesOf(node).flatMap(([key, { const: word }]) =>
    word === undefined || node.required?.includes(key) !== true ? [] : [`${key} ${JSON.stringify(word)}`],
  );
  return words.length === 0 ? "" : `(${words.join(" ")})`;
}

function takes(node: Node, value: object): boolean {
  return propertiesOf(node).every(([key, { const: word, enum: words }]) => {
    const given = (value as Record<string, unknown>)[key];
    return (
      given === undefined ||
      ((word === undefined || given === word) && (words === undefined || words.includes(given)))
    );
  });
}
