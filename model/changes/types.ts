/**
 * What one side of a comparison holds: what a catalogue and its Plan give, or what an export of stacks shows. Plain data,
 * without a value of a secret.
 */
export interface Inventory {
  readonly things: readonly Thing[];
  /** Names of keys, secrets and parameters by stack. */
  readonly names: readonly HeldName[];
  /** Those of them that are protected: none may go before it was retired. */
  readonly protectedNames: readonly HeldName[];
  /** Items whose value people put with `platform set`. */
  readonly toSet: readonly ItemToSet[];
}

export interface HeldName {
  readonly stack: string;
  /** Name of a secret or parameter, alias of a key. */
  readonly name: string;
}

export interface ItemToSet extends HeldName {
  /** `service/environment/item`, as `platform set` takes it. */
  readonly item: string;
  /** What a login is for; another one needs the value anew. Absent where it is no login, or is not known. */
  readonly login?: string;
}

/** In the order of reports: who may read what comes first. */
export const kinds = [
  "grant",
  "exemption",
  "organisation",
  "account",
  "document",
  "key",
  "role",
  "consumer",
  "secret",
  "parameter",
  "alarm",
  "rule",
  "resource",
] as const;
export type Kind = (typeof kinds)[number];

/** Something that is there or not, with what is known of it. */
export interface Thing {
  readonly kind: Kind;
  /** Stack that holds it; `all` for what belongs to no single one. */
  readonly stack: string;
  /** What a line of it begins with: `orders/prod`, or a stack. */
  readonly about: string;
  /** Unique among those of its kind in the stack. */
  readonly name: string;
  /** Unique in all stacks, so that it is the same one wherever it lies. */
  readonly moves?: true;
  /** `secret partner-key`, `api may read billing/token (secret)` */
  readonly words: string;
  /** What a line of a changed fact names. @default `words` */
  readonly subject?: string;
  /** That it comes, that it goes, or either of them widens. @default neither does */
  readonly wider?: "added" | "removed" | "either";
  /** By their names in words. */
  readonly facts: Readonly<Record<string, Fact>>;
}

export type FactValue = string | number | boolean | readonly string[];

export interface Fact {
  readonly value: FactValue;
  /** @default no change of it widens or narrows */
  readonly wider?: Wider;
  /** What it means that it is said on one side only. @default an empty list; of another fact, nothing */
  readonly absent?: "widest" | "narrowest";
  /** It may be long, or is nobody's business in a report: only that it changed is told. */
  readonly hidden?: true;
}

/**
 * - `more`, `fewer`: a greater or smaller number, a later or earlier text, an entry of a list that comes or goes widens,
 *   and the reverse narrows.
 * - `lost`: an entry of a list that goes widens; one that comes is as may be.
 * - `any`: whatever it changes to, somebody should look.
 * - a list: values from the narrowest to the widest; what is not in it compares with nothing.
 */
export type Wider = "more" | "fewer" | "lost" | "any" | readonly string[];

export type Effect = "widened" | "narrowed" | "neutral";

/** One difference between two sides. */
export interface Change {
  readonly effect: Effect;
  readonly change: "added" | "removed" | "changed";
  readonly kind: Kind;
  readonly stack: string;
  readonly about: string;
  readonly name: string;
  /** The change as a line says it behind `about`. */
  readonly text: string;
  /** Which fact changed. */
  readonly fact?: string;
  /** Absent where it was not said, or is not shown. Of a list, the entries that went. */
  readonly before?: FactValue;
  /** Of a list, the entries that came. */
  readonly after?: FactValue;
}
