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
  const found = new Set<string>();
  const walk = (node: Node, value: unknown, path: string): void => {
    for (const one of alternatives(node)) {
      const here = path + labelOf(one);
      if (isText(one) && typeof value === "string") found.add(path);
      if (Array.isArray(value)) {
        const { items } = one;
        if (items !== undefined) value.forEach((entry) => walk(items, entry, `${here}[]`));
      } else if (typeof value === "object" && value !== null && takes(one, value)) {
        const known = new Map(propertiesOf(one));
        for (const [key, entry] of Object.entries(value)) {
          const inner = known.get(key);
          if (inner !== undefined) walk(inner, entry, `${here}.${key}`);
          else if (typeof one.additionalProperties === "object") {
            found.add(`${here}.* as key`);
            walk(one.additionalProperties, entry, `${here}.*`);
          }
        }
      }
    }
  };
  walk(schema, data, "");
  return found;
}

function alternatives(node: Node): readonly Node[] {
  const inner = [...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(
    ({ type, anyOf, oneOf, properties }) => (type ?? anyOf ?? oneOf ?? properties) !== undefined,
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
