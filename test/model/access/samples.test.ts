import assert from "node:assert/strict";
import { Access } from "../../../model/access/access";
import { grants, pairCount } from "../../../model/access/grants";
import type { Plan, ReadableItem } from "../../../model/plan/types";
import { Access as SecondReading } from "../documents/support/access";
import { itemsOf, rolesOf } from "../documents/support/grants";
import { samplePlan, samplePlanIn, shardedSamplePlan } from "../plan/support/samples";
import { everyPair, lines } from "./support/everyPair";
import { itemArn, outsider, planDocuments } from "./support/planDocuments";

/** The samples' documents, decided by the evaluator, against what the Plan grants. */

const plans: readonly (readonly [string, () => Plan, string?])[] = [
  ["the samples", samplePlan],
  ["the samples with a security account for prod", shardedSamplePlan],
  ["the samples in China", () => samplePlanIn("aws-cn")],
  ["the samples in GovCloud", () => samplePlanIn("aws-us-gov")],
];

describe("who reads what", () => {
  for (const [name, make] of plans) {
    describe(`of ${name}`, () => {
      let plan: Plan;
      let access: Access;
      let found: ReadonlySet<string>;

      before(() => {
        plan = make();
        access = new Access(planDocuments(plan));
        found = new Set(grants(access).map(({ principal, item }) => `${principal} ${item}`));
      });

      it("is what the Plan grants, for every consumer's role", () => {
        assert.deepEqual(
          wrong((role, item) => role.grants.includes(item)),
          [],
        );
        assert.ok(pairCount(access) > 1_000);
      });

      function wrong(granted: (role: ReturnType<typeof rolesOf>[number], item: ReadableItem) => boolean) {
        return rolesOf(plan).flatMap((role) =>
          itemsOf(plan)
            .filter((item) => found.has(`${role.arn} ${itemArn(plan, item)}`) !== granted(role, item))
            .map((item) => `${role.name} ${itemArn(plan, item)}`),
        );
      }

      it("is found by looking up, as by asking every pair", () => {
        assert.deepEqual(lines(grants(access)), lines(everyPair(access)));
      });

      it("is what a second reading finds, for people, rotators, administrators and an outsider", () => {
        const second = new SecondReading(plan);
        const actors = plan.organisation.stacks.flatMap(({ account }) => [
          ...(["writers", "developers", "auditors", "breakGlass"] as const).map((one) =>
            second.person(one, account),
          ),
          second.mighty(account, "Administrator"),
          second.mighty(account, "platform-deployer"),
        ]);
        const all = [
          ...actors,
          ...plan.rotators.map((rotator) => second.rotator(rotator)),
          second.mighty(outsider, "Administrator", "o-otherotherot"),
        ];
        const open = all.flatMap((actor) =>
          itemsOf(plan)
            .filter(
              (item) => second.canRead(actor, item) !== found.has(`${actor.arn} ${itemArn(plan, item)}`),
            )
            .map((item) => `${actor.arn} ${itemArn(plan, item)}`),
        );
        assert.deepEqual(open, []);
      });
    });
  }
});
