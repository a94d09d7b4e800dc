import type { Position, Problem } from "../../yaml/problem";

/** A name that AWS will know something by. */
export interface AwsName {
  /** What has it, in the words of an error: `role`, `Lambda function`. Names of different kinds never meet. */
  readonly kind: string;
  /** Where it must be unique: the account, with the region if that matters. */
  readonly scope: string;
  readonly name: string;
  /** What is behind the name; the same thing may be listed more than once. */
  readonly identity: string;
  readonly at: Position;
  /** Dotted path in the manifest. */
  readonly path: string;
}

/**
 * Names that two different things would have. One problem for each pair of places, at the later in the list, naming
 * the earlier. IAM compares without regard to case, and so does this.
 */
export function collisions(names: readonly AwsName[]): readonly Problem[] {
  const first = new Map<string, AwsName>();
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const key = [name.kind, name.scope, name.name.toLowerCase()].join("\n");
    const other = first.get(key);
    if (other === undefined) first.set(key, name);
    if (other === undefined || other.identity === name.identity) return [];
    const pair = [placeText(other.at), placeText(name.at)].join("\n");
    if (seen.has(pair)) return [];
    seen.add(pair);
    return [
      {
        ...name.at,
        path: name.path,
        found: `AWS would know this by the ${name.kind} name \`${name.name}\`, and also ${other.path} at ${placeText(other.at)}`,
        allowed: `a ${name.kind} name is given once in an account`,
        remedy: "rename one of the two",
      },
    ];
  });
}

function placeText({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}
