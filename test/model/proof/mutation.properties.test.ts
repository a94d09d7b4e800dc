import assert from "node:assert/strict";
import type { AccessDocuments, NamedPolicy } from "../../../model/access/input";
import { NotModelled } from "../../../model/access/notModelled";
import type { PolicyKind } from "../../../model/access/statements";
import { Access } from "../../../model/access/access";
import type { PolicyDocument } from "../../../model/documents/policy";
import { documentsOf } from "../../../model/proof/documentsOf";
import { judge, type Layer } from "../../../model/proof/layers/layer";
import { layersOf } from "../../../model/proof/layersOf";
import { clean, readAlone, readsAs } from "../access/support/layers";
import { widened } from "../access/support/widened";
import { weakened } from "../documents/support/weakened";
import { withoutAPart } from "../documents/support/withoutAPart";
import { built } from "../../stacks/support/built";

/**
 * Every statement and condition that the samples' stacks register and that has a say in who reads a value, without it, or
 * with it made to fit more: the layer by itself then says something else than it is to say, also where another layer still
 * holds.
 */
describe("a change of any registered statement that opens values", function () {
  this.timeout(600_000);
  let layers: readonly Layer[];
  let policies: ReadonlyMap<string, readonly [NamedPolicy, PolicyKind]>;

  before(async () => {
    const { plan, stacks } = await built("aws");
    const documents = documentsOf(plan, stacks);
    layers = layersOf(plan, new Access(documents));
    policies = new Map(named(documents).map(([policy, kind]) => [policy.name, [policy, kind]]));
  });

  for (const [name, isOne] of [
    // Others read nothing, which is all that is asked of theirs.
    [
      "roles' own policies",
      /^policy of the role (?!secrets-auditors)(secrets-|rotation-[^r]|.*-(staging|prod)-)/,
    ],
    ["boundaries", /^policy services-boundary-/],
    ["secrets' policies", /^policy of the secret/],
    ["keys' policies", /^policy of the key/],
    ["endpoints' policies", /^policy of the endpoint/],
  ] as const) {
    it(`shows in ${name}`, () => {
      let tried = 0;
      const some = layers.filter(({ policy }) => isOne.test(policy.name) && policies.has(policy.name));
      const unseen = some.flatMap((layer) => {
        const [{ document }, kind] = policies.get(layer.policy.name)!;
        const parsed = JSON.parse(document as string) as PolicyDocument;
        const asked = readsAs(layer.policy, layer.probes);
        const changes = [...weakened(parsed), ...withoutAPart(parsed), ...widened(parsed)];
        return changes.flatMap(([what, changed]) => {
          const policy = readOrRefused(clean(changed), kind);
          // Refused is seen; of other actions, or of nothing at all, is no change.
          if (policy === undefined || readsAs(policy, layer.probes) === asked) return [];
          tried++;
          return judge({ ...layer, policy }).length === 0 ? [`${layer.policy.name}: ${what}`] : [];
        });
      });
      assert.deepEqual(unseen, []);
      assert.ok(some.length > 0 && tried > some.length, `${tried} changes of ${some.length} documents tried`);
    });
  }
});

function named({
  principals,
  items,
  keys,
  endpoints,
}: AccessDocuments): (readonly [NamedPolicy, PolicyKind])[] {
  const resources = [
    ...items.flatMap((item) => (item.kind === "secret" && item.policy !== undefined ? [item.policy] : [])),
    ...keys.map(({ policy }) => policy),
    ...endpoints.map(({ policy }) => policy),
  ];
  const own = principals.flatMap(({ policies, boundary }) =>
    boundary === undefined ? policies : [...policies, boundary],
  );
  return [
    ...own.map((policy) => [policy, "identity"] as const),
    ...resources.map((policy) => [policy, "resource"] as const),
  ];
}

function readOrRefused(document: PolicyDocument, kind: PolicyKind) {
  try {
    return readAlone(document, kind);
  } catch (error) {
    if (error instanceof NotModelled) return undefined;
    throw error;
  }
}
