import assert from "node:assert/strict";
import fc from "fast-check";
import { Access } from "../../../model/access/access";
import { grants } from "../../../model/access/grants";
import { NotModelled } from "../../../model/access/notModelled";
import { accessDifferences } from "../../../model/changes/ofDecisions/differences";
import type { PolicyDocument } from "../../../model/documents/policy";
import type { Plan } from "../../../model/plan/types";
import { decideSides, type Side } from "../../../model/proof/compared/sides";
import { documentsOf } from "../../../model/proof/documentsOf";
import { type StackDocuments, type StackResource, types } from "../../../model/proof/registered/stack";
import { built } from "../../stacks/support/built";
import { widened } from "../access/support/widened";
import { weakened } from "../documents/support/weakened";
import { withoutAPart } from "../documents/support/withoutAPart";

const runs = 100;

/** Registered documents of the samples, changed at random: by what decisions differ, and by nothing else. */
describe("a comparison of what two states register", function () {
  this.timeout(900_000);
  let plan: Plan;
  let stacks: readonly StackDocuments[];
  let open: ReadonlySet<string>;

  before(async () => {
    const made = await built("aws");
    ({ plan } = made);
    stacks = made.stacks;
    open = openBy(stacks);
  });

  const side = (name: string, own: readonly StackDocuments[]): Side => ({
    name,
    stacks: own,
    organisation: plan.organisation.id,
  });

  function compared(before: readonly StackDocuments[], after: readonly StackDocuments[]) {
    const decided = decideSides({ before: side("before", before), after: side("now", after) }, [plan]);
    return "undecided" in decided ? undefined : accessDifferences(decided.before, decided.after);
  }

  /** Every action that opens a pair, asked of each side by itself and by the proof's own documents. */
  function openBy(own: readonly StackDocuments[]): ReadonlySet<string> {
    return new Set(
      grants(new Access(documentsOf(plan, own))).flatMap(({ principal, item, actions }) =>
        actions.map((action) => `${principal} ${item} ${action}`),
      ),
    );
  }

  const told = (found: readonly { principal: string; item: string; actions: readonly string[] }[]) =>
    found.flatMap(({ principal, item, actions }) =>
      actions.map((action) => `${principal} ${item} ${action}`),
    );

  it(`names every decision that ${runs} random changes make, mirrored when the sides are swapped`, () => {
    const count = { opened: 0, closed: 0, nothing: 0, refused: 0 };
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (one, another, third) => {
        const changed = tampered(stacks, one, another, third);
        if (changed === undefined) return;
        let now: ReadonlySet<string>;
        try {
          now = openBy(changed);
        } catch (error) {
          assert.ok(error instanceof NotModelled);
          assert.equal(compared(stacks, changed), undefined, "decided, though it is not modelled");
          count.refused++;
          return;
        }
        const found = compared(stacks, changed);
        assert.ok(found !== undefined);
        const [opened, closed] = [new Set(told(found.opened)), new Set(told(found.closed))];
        for (const pair of now) if (!open.has(pair)) assert.ok(opened.has(pair), `not told: opened ${pair}`);
        for (const pair of open) if (!now.has(pair)) assert.ok(closed.has(pair), `not told: closed ${pair}`);
        for (const pair of opened) assert.ok(!open.has(pair), `told, though it was open: ${pair}`);
        for (const pair of closed) assert.ok(!now.has(pair), `told, though it is open: ${pair}`);
        assert.ok([...found.opened, ...found.closed].every(({ why }) => why !== ""));
        const back = compared(changed, stacks);
        assert.deepEqual([told(back!.opened), told(back!.closed)], [told(found.closed), told(found.opened)]);
        count.opened += Math.min(opened.size, 1);
        count.closed += Math.min(closed.size, 1);
        count.nothing += opened.size + closed.size === 0 ? 1 : 0;
      }),
      { numRuns: runs, seed: 14 },
    );
    for (const [what, times] of Object.entries(count))
      assert.ok(times >= runs / 50, `${what} only ${times} times: ${JSON.stringify(count)}`);
  });

  it("names nothing between two equal sides", () => {
    assert.deepEqual(compared(stacks, structuredClone(stacks)), { opened: [], closed: [] });
  });
});

/** One document without a part, with a part that fits more, or with somebody or something named that is not registered. */
function tampered(
  stacks: readonly StackDocuments[],
  one: number,
  another: number,
  third: number,
): readonly StackDocuments[] | undefined {
  const all = stacks.flatMap(({ resources }) => resources).filter(hasDocument);
  const resource = all[one % all.length]!;
  const document = JSON.parse(String(resource.inputs["policy"])) as PolicyDocument;
  const changes = [
    ...weakened(document),
    ...withoutAPart(document),
    ...widened(document),
    ...named(document, third),
  ];
  const [, changed] = changes[another % changes.length]!;
  const policy = JSON.stringify(changed);
  return stacks.map((stack) => ({
    ...stack,
    resources: stack.resources.map((each) =>
      each === resource
        ? { ...each, inputs: { ...each.inputs, policy }, outputs: { ...each.outputs, policy } }
        : each,
    ),
  }));
}

function hasDocument({ type, inputs }: StackResource): boolean {
  return Object.values<string>(types).includes(type) && typeof inputs["policy"] === "string";
}

/** Statements more, of whom and what nothing else names. */
function named(document: PolicyDocument, seed: number): readonly (readonly [string, PolicyDocument])[] {
  const isOfRole = document.Statement.every((statement) => !("Principal" in statement));
  const account = String(444444444440 + (seed % 9));
  const more: readonly object[] = isOfRole
    ? [
        { Action: "ssm:GetParameter*", Resource: "*" },
        {
          Action: ["secretsmanager:GetSecretValue"],
          Resource: `arn:aws:secretsmanager:*:${account}:secret:*`,
        },
        { Action: "ssm:GetParameterHistory", Resource: "arn:aws:ssm:*:*:parameter/*/prod/*" },
      ]
    : [
        { Action: "*", Resource: "*", Principal: { AWS: `arn:aws:iam::${account}:root` } },
        { Action: "*", Resource: "*", Principal: "*" },
        {
          Action: "*",
          Resource: "*",
          Principal: { AWS: `arn:aws:iam::333333333333:role/other-${seed % 99}` },
        },
      ];
  return more.map((statement) => [
    "with a statement more",
    {
      ...document,
      Statement: [...document.Statement, { Sid: "More", Effect: "Allow", ...statement }],
    } as PolicyDocument,
  ]);
}
