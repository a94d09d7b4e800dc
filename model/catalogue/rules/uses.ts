import { entriesOf, type Manifest, namesUnder } from "../reading/manifest";
import { fileVariable } from "../normalise/container";
import { parseRead, parseReference, type Reference } from "../normalise/reference";
import { publicKeysSuffix } from "../../plan/names";
import type { Path } from "../../yaml/tree";
import type { Consumer } from "../types";
import type { Context } from "./rule";

/** A consumer's naming of an item, by `reads` or by `environment`. */
export interface Use {
  readonly manifest: Manifest;
  readonly consumer: string;
  readonly kind: Consumer["kind"] | undefined;
  readonly path: Path;
  readonly reference: Reference;
  /** Set when the item is injected, also where a file is made of it. */
  readonly variable?: string;
  /** The container beside the main one that it is injected into. */
  readonly container?: string;
  /** Set when it is the login of a registry. */
  readonly isLogin?: true;
}

export function usesOf(manifest: Manifest): readonly Use[] {
  return entriesOf(manifest.draft.consumers).flatMap(([consumer, draft]) => {
    const { kind, reads, containers } = draft;
    const base = ["consumers", consumer];
    const use = (reference: Reference, path: Path) => ({ manifest, consumer, kind, path, reference });
    const named = (text: string, path: Path) => use(parseReference(text, manifest.service), path);
    const injected = (own: ContainerDraft, path: Path, container: { readonly container?: string }) => [
      ...entriesOf(own.environment).map(([variable, text]) => ({
        ...named(text, [...path, "environment", variable]),
        variable,
        ...container,
      })),
      ...entriesOf(own.files).map(([file, text], index) => ({
        ...named(text, [...path, "files", file]),
        variable: fileVariable(index),
        ...container,
      })),
      ...(own.repositoryCredentials === undefined
        ? []
        : [
            {
              ...named(own.repositoryCredentials, [...path, "repositoryCredentials"]),
              isLogin: true as const,
            },
          ]),
    ];
    return [
      ...(reads ?? []).flatMap((text, index) =>
        text === undefined ? [] : [use(parseRead(text, manifest.service), [...base, "reads", index])],
      ),
      ...injected(draft, base, {}),
      ...entriesOf(containers).flatMap(([container, own]) =>
        injected(own, [...base, "containers", container], { container }),
      ),
    ];
  });
}

type ConsumerDraft = NonNullable<NonNullable<Manifest["draft"]["consumers"]>[string]>;
type ContainerDraft = Pick<ConsumerDraft, "environment" | "files" | "repositoryCredentials">;

type Secrets = NonNullable<Manifest["draft"]["secrets"]>;
type Parameters = NonNullable<Manifest["draft"]["parameters"]>;

/** What a reference names. An item whose manifest has mistakes in it may be known by name only. */
export interface Item {
  readonly owner: Manifest;
  readonly kind: "secret" | "parameter";
  readonly secret?: NonNullable<Secrets[string]>;
  readonly parameter?: NonNullable<Parameters[string]>;
  /** Of public keys: the secret that is the key pair. */
  readonly keyPair?: NonNullable<Secrets[string]>;
}

export function itemOf(owner: Manifest, name: string): Item | undefined {
  if (namesUnder(owner, "secrets").includes(name)) {
    const secret = owner.draft.secrets?.[name];
    return { owner, kind: "secret", ...(secret !== undefined && { secret }) };
  }
  if (namesUnder(owner, "parameters").includes(name)) {
    const parameter = owner.draft.parameters?.[name];
    return { owner, kind: "parameter", ...(parameter !== undefined && { parameter }) };
  }
  if (!name.endsWith(publicKeysSuffix)) return undefined;
  const secret = owner.draft.secrets?.[name.slice(0, -publicKeysSuffix.length)];
  return secret?.generated?.keyPair === undefined ? undefined : { owner, kind: "parameter", keyPair: secret };
}

/** The item, when service and item exist. */
export function resolve(context: Context, { service, item }: Reference): Item | undefined {
  const owner = context.services.get(service);
  return owner === undefined ? undefined : itemOf(owner, item);
}

/** `orders/database`, or `database` for the service's own. */
export function shown({ service, item }: Reference, own: string): string {
  return service === own ? item : `${service}/${item}`;
}
