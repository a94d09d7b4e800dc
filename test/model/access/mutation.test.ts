import assert from "node:assert/strict";
import { decrypt, type ModelledAction } from "../../../model/access/actions";
import { Access } from "../../../model/access/access";
import type { AccessDocuments, NamedPolicy } from "../../../model/access/input";
import type { Item, Key } from "../../../model/access/types";
import { NotModelled } from "../../../model/access/notModelled";
import type { PolicyKind } from "../../../model/access/statements";
import type { Subject } from "../../../model/access/subjects";
import type { PolicyDocument } from "../../../model/documents/policy";
import { weakened } from "../documents/support/weakened";
import { withoutAPart } from "../documents/support/withoutAPart";
import { samplePlan } from "../plan/support/samples";
import { callsFor, clean, keysOf, readAlone, readsAs, sameAs } from "./support/layers";
import { planDocuments } from "./support/planDocuments";
import { widened } from "./support/widened";

/**
 * Every statement and condition of the samples' documents that has a say in who reads a value, without it, or with it made
 * to fit more: the layer then says something else of a call, so that judging each layer by itself sees the change also
 * where another layer still holds.
 */
describe("a change of any statement that opens values", function () {
  this.timeout(600_000);
  const given = planDocuments(samplePlan());
  // What a database service names, of which the samples have some only.
  const managed = ["222222222222", "333333333333"].flatMap((account) =>
    ["rds!db", "redshift!ns"].map((name) => ({
      kind: "secret" as const,
      arn: `arn:aws:secretsmanager:eu-west-1:${account}:secret:${name}-probe-A1b2C3`,
    })),
  );
  const documents = { ...given, items: [...given.items, ...managed] };
  const access = new Access(documents);
  const { model } = access;
  const items = [...model.items.values()];
  // Of each kind, key and environment one is enough where a policy tells no single items apart.
  const some = [...new Map(items.map((item) => [kindOf(item), item])).values()];
  const roles = [...model.principals.values()];
  // One of each kind of role and account is enough: no policy but a secret's tells one service's from another's.
  const kinds = new Map(roles.map((role) => [role.arn.replace(/services\/.*/, "services/"), role]));
  const around = (some: readonly Subject[]): readonly Subject[] =>
    some.flatMap((role) => [
      role,
      { arn: role.arn, account: role.account, organisation: "o-otherotherot" },
      { ...role, arn: `${role.arn}-2` },
      { ...role, arn: role.arn.replace(role.account, "444444444444"), account: "444444444444" },
      { ...role, arn: role.arn.replace(":role/", ":role/teams/") },
      { ...role, arn: role.arn.replace(/:role\/.*/, ":user/mallory") },
    ]);
  const strangers = around([...kinds.values()]);

  const layers: Readonly<Record<string, readonly Layer[]>> = layersOf(documents);
  for (const [name, all] of Object.entries(layers)) {
    it(`shows in ${name}`, () => {
      let tried = 0;
      const unseen = all.flatMap(({ policy, kind, by, about, keys, only }) => {
        const document = JSON.parse(policy.document as string) as PolicyDocument;
        const original = readAlone(document, kind);
        const calls = [...callsFor(model, by, about, keys)].filter(
          ({ action }) => only === undefined || action === only,
        );
        const probes = calls.filter(({ by: one }) => one === by[0]);
        const same = sameAs(original, calls);
        const asked = readsAs(original, probes);
        const changes = [...weakened(document), ...withoutAPart(document), ...widened(document)];
        return changes.flatMap(([what, changed]) => {
          const mutant = readOrRefused(clean(changed), kind);
          // Refused is seen; of other actions, or of nothing at all, is no change.
          if (mutant === undefined || readsAs(mutant, probes) === asked) return [];
          tried++;
          return same(mutant) ? [`${policy.name}: ${what}`] : [];
        });
      });
      assert.deepEqual(unseen, []);
      assert.ok(tried > all.length, `only ${tried} changes of ${all.length} documents tried`);
    });
  }

  function kindOf(item: Item): string {
    return [placeOf(item), item.arn.region, item.underKey?.key.arn].join();
  }

  function placeOf({ kind, arn }: Item): string {
    const [, environment] = arn.resource.replace(/^(?:secret:|parameter\/)/, "").split("/");
    return [kind, arn.account, environment].join();
  }

  /** Some of the roles that a policy names one by one. */
  function namedIn({ document }: NamedPolicy): readonly Subject[] {
    return roles.filter(({ arn }) => (document as string).includes(`"${arn}"`)).slice(0, 2);
  }

  function readOrRefused(document: PolicyDocument, kind: PolicyKind) {
    try {
      return readAlone(document, kind);
    } catch (error) {
      if (error instanceof NotModelled) return undefined;
      throw error;
    }
  }

  interface Layer {
    readonly policy: NamedPolicy;
    readonly kind: PolicyKind;
    readonly by: readonly Subject[];
    readonly about: readonly Item[];
    /** That calls of Decrypt name; all of them unless given. */
    readonly keys?: readonly Key[];
    /** The one action that the layer is ever asked for. */
    readonly only?: ModelledAction;
  }

  function layersOf({ principals, items: held, keys, endpoints }: AccessDocuments) {
    const own = (arn: string) => roles.filter((role) => role.arn === arn);
    const boundaries = new Map(
      principals.flatMap(({ arn, boundary }) =>
        boundary === undefined ? [] : [[boundary.document, { arn, boundary }]],
      ),
    );
    return {
      "roles' own policies": principals.flatMap(({ arn, policies }) =>
        policies
          // Auditors decrypt records, which are under a key of their own; no value.
          .filter(({ document }) => typeof document === "string" && !arn.endsWith("/secrets-auditors"))
          .map((policy): Layer => ({ policy, kind: "identity", by: own(arn), about: items })),
      ),
      boundaries: [...boundaries.values()].map(({ arn, boundary }): Layer => ({
        policy: boundary,
        kind: "identity",
        by: own(arn),
        about: items,
      })),
      "secrets' policies": held.flatMap((item): Layer[] =>
        item.kind === "secret" && item.policy !== undefined
          ? [{ policy: item.policy, kind: "resource", by: around(roles), about: [access.item(item.arn)] }]
          : [],
      ),
      "keys' policies": keysOf(model).flatMap((key): Layer[] => {
        const found = keys.find(({ arn }) => arn === key.arn);
        if (found === undefined) return [];
        const [under, others] = [true, false].map((own) =>
          some.filter(({ underKey }) => (underKey?.key === key) === own && underKey !== undefined),
        ) as [Item[], Item[]];
        const by = [...around(namedIn(found.policy)), ...strangers];
        // Its own items, and one of each kind that is under another.
        const about = [...under, ...new Map(others.map((item) => [placeOf(item), item])).values()];
        return [{ policy: found.policy, kind: "resource", by, about, keys: [key], only: decrypt }];
      }),
      // Those of one account; the others' say the same.
      "endpoints' policies": endpoints
        .filter(({ id }) => id.endsWith("-333333333333"))
        .map(({ policy }): Layer => ({
          policy,
          kind: "resource",
          by: strangers,
          about: some,
          keys: keysOf(model).slice(0, 1),
        })),
    };
  }
});
