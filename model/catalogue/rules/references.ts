import { externalSecretTypes, keptFields } from "../../aws/externalSecrets";
import { isCredentialName } from "../../aws/credentialNames";
import type { Problem, ProblemWords } from "../../yaml/problem";
import { namesUnder, plainAt, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import { didYouMean, nearest } from "../../yaml/nearest";
import { ifCredential } from "../reading/pasted";
import { databaseFieldsOf } from "../normalise/secret";
import { publicKeysSuffix } from "../../plan/names";
import { keyPairFields } from "../../values/keyPair";
import { managedFields } from "../types";
import { listed } from "./environments";
import { repeatedEntries } from "./repeated";
import { type Context, eachManifest } from "./rule";
import { type Item, itemOf, resolve, shown, type Use, usesOf } from "./uses";

/** What consumers name exists, is theirs to read, has the field named, and is there in all of their environments. */
export const references = eachManifest((manifest, context) =>
  usesOf(manifest).flatMap((use): readonly Problem[] => {
    const report = (problem: ProblemWords): Problem => problemAt(manifest, use.path, problem);
    const dangling = danglingProblem(use, context);
    if (dangling !== undefined) return [report(dangling)];
    const item = resolve(context, use.reference);
    if (item === undefined) return [];
    return [
      sharingProblem(use, item),
      environmentProblem(use, item, context.environments),
      fieldProblem(use, item),
    ]
      .filter((problem) => problem !== undefined)
      .map(report);
  }),
);

/** A consumer names an item once under `reads`. */
export const repeatedReads = eachManifest((manifest) =>
  Object.entries(manifest.draft.consumers ?? {}).flatMap(([name, consumer]) =>
    repeatedEntries(manifest, ["consumers", name, "reads"], consumer?.reads),
  ),
);

const allowedReference = "a consumer names items of its own service, or `service/item` of one that shares it";
const allowedUnderEnvironment = `${allowedReference}; plain text stands under \`variables\``;

function danglingProblem(
  { manifest, path, reference, variable }: Use,
  context: Context,
): ProblemWords | undefined {
  const { service, item } = reference;
  const allowed = path.at(-2) === "environment" ? allowedUnderEnvironment : allowedReference;
  const owner = context.services.get(service);
  if (owner === undefined) {
    return {
      found: `there is no service \`${service}\``,
      allowed,
      remedy: didYouMean(service, context.services.keys(), "correct the name, or add its manifest"),
    };
  }
  // What a file that is not YAML holds is unknown.
  if (owner.source === undefined || itemOf(owner, item) !== undefined) return undefined;
  const names = [...namesUnder(owner, "secrets"), ...namesUnder(owner, "parameters")];
  const pair = item.endsWith(publicKeysSuffix) ? item.slice(0, -publicKeysSuffix.length) : undefined;
  if (pair !== undefined && names.includes(pair)) {
    // Of a form that is refused where it stands.
    if (plainAt(owner, ["secrets", pair, "generated", "keyPair"]) !== undefined) return undefined;
    return {
      found: `\`${pair}\` has no public keys`,
      allowed: "a secret with `generated: { keyPair: … }` has them",
      remedy: `name \`${pair}\` alone, or make it a key pair`,
    };
  }
  const near = nearest(item, names);
  const elsewhere =
    service === manifest.service ? sharedElsewhere(item, manifest.service, context) : undefined;
  if (variable !== undefined && near === undefined && elsewhere === undefined && isCredentialName(variable)) {
    return {
      found: `${service} has no secret or parameter of this name`,
      allowed,
      remedy: `add it to ${service}, or correct the name; ${ifCredential}`,
    };
  }
  return {
    found: `${service} has no secret or parameter \`${item}\``,
    allowed,
    remedy:
      elsewhere !== undefined
        ? `did you mean \`${elsewhere}/${item}\`?`
        : near !== undefined
          ? `did you mean \`${shown({ service, item: near }, manifest.service)}\`?`
          : `add it to ${service}, or correct the name`,
  };
}

/** A service that shares an item of this name. */
function sharedElsewhere(item: string, reader: string, { manifests }: Context): string | undefined {
  return manifests.find((other) => {
    const found = itemOf(other, item);
    return (found?.secret ?? found?.parameter)?.shareWith?.includes(reader);
  })?.service;
}

function sharingProblem(
  { manifest, reference }: Use,
  { owner, secret, parameter, keyPair }: Item,
): ProblemWords | undefined {
  const draft = secret ?? parameter ?? keyPair;
  if (owner.service === manifest.service || draft === undefined) return undefined;
  if (draft.shareWith?.includes(manifest.service) === true) return undefined;
  if (keyPair?.generated?.shareWith?.includes(manifest.service) === true) return undefined;
  return {
    found: `${owner.service} does not share \`${reference.item}\` with ${manifest.service}`,
    allowed: "a service reads another's item only if that one's manifest says so",
    remedy:
      keyPair === undefined
        ? `ask for \`shareWith: [${manifest.service}]\` on it in ${owner.file}`
        : `ask for \`shareWith: [${manifest.service}]\` beside \`keyPair\` in ${owner.file}`,
  };
}

function environmentProblem(
  { manifest, reference }: Use,
  { owner }: Item,
  known: Context["environments"],
): ProblemWords | undefined {
  const theirs = owner.draft.environments;
  if (owner.service === manifest.service || theirs === undefined || theirs.includes(undefined))
    return undefined;
  const lacking = (manifest.draft.environments ?? []).filter(
    (name): name is string => name !== undefined && known.has(name) && !theirs.includes(name),
  );
  if (lacking.length === 0) return undefined;
  return {
    found: `${owner.service} is not in ${listed(lacking)}, so \`${reference.item}\` does not exist there`,
    allowed: "a consumer runs in all environments of its service and reads its items in each",
    remedy: `add ${listed(lacking)} to ${owner.service}, or move the consumer to a service of its own`,
  };
}

/** Fields an item is known to have; undefined where that cannot be told. */
function fieldsOf({ owner, secret }: Item, name: string): readonly string[] | undefined {
  const method = secret?.rotation?.method;
  if (method === undefined) return undefined;
  if (method === "rds-managed") return managedFields;
  if (databaseMethod(method) !== undefined) return databaseFieldsOf(secret?.database);
  if (method === "external") return externalFieldsOf(secret?.rotation);
  if (secret?.generated?.keyPair !== undefined) return keyPairFields;
  if (plainAt(owner, ["secrets", name, "generated", "keyPair"]) !== undefined) return undefined;
  const fields = secret?.fields ?? [];
  return fields.includes(undefined) ? undefined : (fields as readonly string[]);
}

function externalFieldsOf(rotation: NonNullable<Item["secret"]>["rotation"]): readonly string[] | undefined {
  const type = externalSecretTypes.find((one) => one === rotation?.type);
  return type && keptFields(type, rotation?.metadata ?? {});
}

function fieldProblem({ reference }: Use, item: Item): ProblemWords | undefined {
  const { field } = reference;
  if (field === undefined) return undefined;
  if (item.kind === "parameter") {
    return {
      found: `found the field \`${field}\` of a parameter`,
      allowed: "a parameter is one value, without fields",
      remedy: "name the parameter alone",
    };
  }
  const fields = fieldsOf(item, reference.item);
  if (fields === undefined || fields.includes(field)) return undefined;
  const asked = connectionRemedy(field, item);
  if (fields.length === 0) {
    return {
      found: `found the field \`${field}\` of a secret without fields`,
      allowed: "a secret without `fields` is one plain string",
      remedy: "name the secret alone, or list its `fields`",
    };
  }
  if (fields === keyPairFields && publicKeysSuffix === `.${field}`) {
    return {
      found: "found the public keys of a key pair under `environment`",
      allowed: "a copy taken at start would lack the keys of later rotations",
      remedy: `list \`${reference.item}${publicKeysSuffix}\` under \`reads\` and read it at run time`,
    };
  }
  return {
    found: `the secret has no field \`${field}\``,
    allowed: `its fields are ${listed(fields)}`,
    remedy: asked ?? didYouMean(field, fields, "choose one of them"),
  };
}

/** A database's login has some fields only where its manifest asks for them. */
function connectionRemedy(field: string, { owner, secret }: Item): string | undefined {
  if (databaseMethod(secret?.rotation?.method) === undefined) return undefined;
  const keys = { url: "`url`", readerHost: "`readerHost`", readerUrl: "`url` and `readerHost`" };
  if (!Object.hasOwn(keys, field)) return undefined;
  return `add ${keys[field as keyof typeof keys]} under its \`database\` in ${owner.file}, or choose one of them`;
}
