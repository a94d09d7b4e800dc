import { readArn, type ReadArn } from "./arn";
import { awsKey } from "./awsKey";
import type { Owner } from "./call";
import { encryptionContext, serviceNames } from "./calls";
import type { AccessDocuments, ItemDocuments, NamedPolicy, PrincipalDocuments } from "./input";
import { NotModelled } from "./notModelled";
import { PolicyReader } from "./policies";
import { sharePolicy } from "./share";
import type { AccessModel, Item, Key } from "./types";

/**
 * Reads the documents, each once, with everything that is not modelled collected.
 * @throws NotModelled
 */
export function readDocuments(documents: AccessDocuments): AccessModel {
  const reader = new PolicyReader();
  const note = (reason: string) => void reader.reasons.push(reason);
  const accounts = new Map(documents.accounts.map((account) => [account.account, account]));
  const ownerOf = ({ account, text }: ReadArn): Owner => {
    const found = accounts.get(account);
    if (found === undefined) note(`${text}, whose account is not described`);
    return { account, ...(found?.organisation !== undefined && { organisation: found.organisation }) };
  };
  const of = <T>(
    service: string,
    resource: RegExp,
    arn: string,
    make: (read: ReadArn) => T,
  ): T | undefined => {
    const read = readArn(arn, service, resource);
    return read === undefined ? void note(`${JSON.stringify(arn)}, which is no ARN of its kind`) : make(read);
  };
  const once = <T>(what: string, made: readonly (readonly [string, T] | undefined)[]): Map<string, T> => {
    const found = new Map<string, T>();
    for (const [name, one] of made.filter((entry) => entry !== undefined)) {
      if (found.has(name)) note(`${what} ${name}, which is there twice`);
      found.set(name, one);
    }
    return found;
  };
  const controls = new Map(
    documents.accounts.map(({ account, controls: levels = [] }) => [
      account,
      levels.map((level) => level.map((policy) => reader.read(policy, "identity"))),
    ]),
  );
  const optional = (policy: NamedPolicy | undefined, kind: "identity" | "resource") =>
    policy === undefined ? undefined : reader.read(policy, kind);
  const principal = (one: PrincipalDocuments) =>
    of("iam", /^role\/[\w+=,.@/-]+$/, one.arn, (arn) => {
      const { organisation } = ownerOf(arn);
      const levels = controls.get(arn.account) ?? [];
      // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
      if (levels.length > 0 && arn.resource.startsWith("role/aws-service-role/"))
        note(`${one.arn}, a service-linked role, which the organisation's policies do not bind`);
      const boundary = optional(one.boundary, "identity");
      return [
        one.arn,
        {
          arn: one.arn,
          account: arn.account,
          ...(organisation !== undefined && { organisation }),
          identity: one.policies.map((policy) => reader.read(policy, "identity")),
          ...(boundary !== undefined && { boundary }),
          controls: levels,
        },
      ] as const;
    });
  const keys = once(
    "the key",
    documents.keys.map(({ arn, aliases, policy }) =>
      of("kms", /^key\/[A-Za-z0-9-]+$/, arn, (read): readonly [string, Key] => [
        arn,
        { arn, owner: ownerOf(read), aliases, policy: reader.read(policy, "resource") },
      ]),
    ),
  );
  const keyOf = (item: ItemDocuments, arn: ReadArn): Key | undefined => {
    if (item.kind === "parameter" && item.type !== "SecureString") return undefined;
    if (item.key === undefined) return awsKey(arn, ownerOf(arn));
    const found = keys.get(item.key);
    if (found === undefined) note(`the key ${item.key} of ${item.arn}, which is not described`);
    return found;
  };
  const item = (one: ItemDocuments) => {
    const [service, form] =
      one.kind === "secret"
        ? (["secretsmanager", /^secret:[\w/+=.@!-]+-[A-Za-z0-9]{6}$/] as const)
        : (["ssm", /^parameter\/[\w./-]+$/] as const);
    return of(service, form, one.arn, (arn): readonly [string, Item] => {
      const owner = ownerOf(arn);
      const policy =
        one.kind === "secret"
          ? optional(one.policy, "resource")
          : sharePolicy(arn, one.shares ?? [], owner.organisation);
      const key = keyOf(one, arn);
      const { rotationFunction } = one.kind === "secret" ? one : {};
      return [
        one.arn,
        {
          kind: one.kind,
          arn,
          owner,
          ...(policy !== undefined && { policy }),
          ...(key !== undefined && {
            underKey: {
              key,
              asked: { aliases: key.aliases, encryptionContext: encryptionContext(arn) },
              services: serviceNames(arn),
            },
          }),
          ...(one.kind === "secret" && {
            secret: { arn: one.arn, ...(rotationFunction !== undefined && { rotationFunction }) },
          }),
        },
      ];
    });
  };
  const model = {
    principals: once("the role", documents.principals.map(principal)),
    items: once("the item", documents.items.map(item)),
    endpoints: once(
      "the endpoint",
      documents.endpoints.map(
        ({ id, account, service, policy }) =>
          [id, { account, service, policy: reader.read(policy, "resource") }] as const,
      ),
    ),
  };
  if (reader.reasons.length > 0) throw new NotModelled([...new Set(reader.reasons)]);
  return model;
}
