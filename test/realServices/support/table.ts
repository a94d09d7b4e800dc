import type { GeneratedForm } from "../../../model/values/generatedForm";

/** What a real project asks for, and where each of it comes from. Facts of its public pages, named in the manifest. */
export interface ServiceTable {
  /** Name of its folder and manifest. */
  readonly service: string;
  /** By consumer, every process that the project's deployment has. */
  readonly consumers: Readonly<Record<string, ConsumerTable>>;
  /** Variables of the project's pages that no process is given, by the reason. */
  readonly left: Readonly<Record<string, readonly string[]>>;
}

export interface ConsumerTable extends ContainerTable {
  /** Containers beside the main one. @default none */
  readonly beside?: Readonly<Record<string, ContainerTable>>;
  /** Those of them that end before the others start, in order. @default none */
  readonly first?: readonly string[];
}

export interface ContainerTable {
  readonly variables: Readonly<Record<string, Source>>;
  /** By path. @default none */
  readonly files?: Readonly<Record<string, Source>>;
  /** What of the container the project documents; absent for what a team deploys itself. */
  readonly process?: Process;
}

export interface Process {
  readonly user: string;
  readonly ports: readonly number[];
  /** What it has to write. */
  readonly writes: readonly string[];
  /** Entry point and command. @default those of the image */
  readonly runs?: readonly string[];
  /** Has a check of its health in the container. @default false */
  readonly checked?: boolean;
}

/** Where a variable or file comes from. Items are of the service itself, or `service/item`. */
export type Source =
  | { readonly from: "plain text"; readonly text: string | Readonly<Record<string, string>> }
  | { readonly from: "login" | "address"; readonly item: string; readonly field: string }
  | {
      readonly from: "generated value";
      readonly item: string;
      readonly form: GeneratedForm;
    }
  | { readonly from: "value set by hand" | "parameter of the manifest"; readonly item: string };

/** One text for all environments, or one for each. */
export function plain(text: string | Readonly<Record<"staging" | "prod", string>>): Source {
  return { from: "plain text", text };
}

/** One field of a database's login. */
export function login(item: string, field: "host" | "port" | "dbname" | "username" | "password"): Source {
  return { from: "login", item, field };
}

/** The whole address of a database, in the form that its manifest asks for. */
export function address(item: string): Source {
  return { from: "address", item, field: "url" };
}

export function generated(item: string, form: GeneratedForm): Source {
  return { from: "generated value", item, form };
}

/** A SecureString that waits for `platform set`. */
export function byHand(item: string): Source {
  return { from: "value set by hand", item };
}

/** A String or StringList whose value the manifest has. */
export function written(item: string): Source {
  return { from: "parameter of the manifest", item };
}

/** Many variables in plain text. */
export function plainTexts(
  texts: Readonly<Record<string, string | Readonly<Record<"staging" | "prod", string>>>>,
): Readonly<Record<string, Source>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, plain(text)]));
}
