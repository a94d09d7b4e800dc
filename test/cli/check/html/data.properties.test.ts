import assert from "node:assert/strict";
import { checkAccess } from "../../../../cli/check/access";
import type { CheckedStacks } from "../../../../cli/check/check";
import type { AccessData } from "../../../../cli/check/html/data/types";
import { pageData } from "../../../../cli/check/html/data/pageData";
import { assumedName } from "../../../../model/proof/assumed";
import { built } from "../../../stacks/support/built";
import { plantedComparison } from "./support/hostile";
import { manyServices } from "./support/manyServices";

const made = new Date("2026-11-28T23:00:41Z");

describe("the data of a check's page", function () {
  this.timeout(240_000);
  let checked: CheckedStacks;

  before(async () => {
    const { plan, stacks } = await built("aws");
    const access = checkAccess(plan, stacks);
    checked = { plan, stacks, findings: [], exemptions: [], notes: [], rules: 71, access };
  });

  const accessOf = (result: CheckedStacks): AccessData => {
    const { access } = pageData(result, made);
    assert.ok(!("undecided" in access));
    return access;
  };

  it("says when it was made and of which organisation", () => {
    const { made: when, organisation, rules } = pageData(checked, made);
    assert.deepEqual([when, rules], ["2026-11-28T23:00Z", 71]);
    assert.deepEqual(organisation, { id: "o-exampleorgid", partition: "aws", region: "eu-west-1" });
  });

  it("counts what the Plan puts into each account, and lists each service once", () => {
    const { accounts, services } = pageData(checked, made);
    const { plan } = checked;
    assert.deepEqual(
      accounts.map(({ stack, account, kind }) => `${stack} ${account} ${kind}`),
      ["security 111111111111 security", "staging 222222222222 workload", "prod 333333333333 workload"],
    );
    const sum = (key: "keys" | "secrets" | "rotators" | "consumers" | "roles" | "plainParameters") =>
      accounts.reduce((all, one) => all + one[key], 0);
    assert.deepEqual(
      [sum("keys"), sum("secrets"), sum("rotators"), sum("consumers"), sum("plainParameters")],
      [
        plan.keys.length,
        plan.secrets.length,
        plan.rotators.length,
        plan.consumers.length,
        plan.parameters.filter(({ key }) => key === undefined).length,
      ],
    );
    assert.equal(
      sum("roles"),
      plan.consumers.length + plan.consumers.filter(({ executionRole }) => executionRole).length,
    );
    assert.ok(accounts.every(({ resources }, at) => resources === checked.stacks[at]!.resources.length));
    assert.deepEqual(
      services.map(({ service }) => service),
      ["catalog", "notifications", "orders", "payments", "reporting"],
    );
    const orders = services.find(({ service }) => service === "orders")!;
    const of = (things: readonly { readonly service: string }[]) =>
      things.filter(({ service }) => service === "orders").length;
    assert.deepEqual(
      [orders.environments, orders.secrets, orders.parameters, orders.consumers],
      [["staging", "prod"], of(plan.secrets), of(plan.parameters), of(plan.consumers)],
    );
  });

  it("has every grant of the proof in the matrix, and no other", () => {
    const { access } = checked;
    assert.ok(!("undecided" in access));
    const { matrix, grants, pairs, flows } = accessOf(checked);
    const cells = matrix.groups.flatMap(({ service, environment, items }) =>
      items.flatMap(({ item, readers }) =>
        readers.map(
          (at) => `${service}/${environment}/${item} ${matrix.roles[at]!.name.replace(/ \(.*/, "")}`,
        ),
      ),
    );
    const items = new Map(access.gates.map((one) => [one.item, one]));
    const references = new Map(
      checked.plan.consumers.map(({ service, environment, consumer, references: one }) => [
        one?.arn,
        { service, environment, name: `platform/${consumer}` },
      ]),
    );
    const meant = access.grants.map(({ principal, item }) => {
      const { service, environment, name } = (items.get(item) ?? references.get(item))!;
      const region = item.includes(":eu-west-1:") ? "" : " (eu-central-1)";
      return `${service}/${environment}/${name}${region} ${assumedName(principal) ?? principal.split("/").at(-1)}`;
    });
    assert.deepEqual(cells.sort(), meant.sort());
    const marked = matrix.groups.flatMap((group) => group.items.filter((one) => one.isReferences));
    assert.ok(marked.length > 0);
    assert.ok(marked.every(({ item, kind }) => item.startsWith("platform/") && kind === "references"));
    assert.equal(marked.length, [...references.keys()].filter((arn) => arn !== undefined).length);
    assert.deepEqual([grants, pairs], [access.grants.length, access.pairs]);
    assert.equal(
      flows.reduce((sum, flow) => sum + flow.grants, 0),
      access.grants.length,
    );
    assert.equal(new Set(matrix.roles.map(({ name }) => name)).size, matrix.roles.length);
  });

  it("has what is open and not meant, and what is meant and closed, in their cells and by themselves", () => {
    const [first, ...others] = checked.stacks;
    const resources = first!.resources.filter(
      ({ urn }) => !urn.endsWith("::orders/prod/webhook-signing-key-policy"),
    );
    const closed = checkAccess(checked.plan, [{ ...first!, resources }, ...others]);
    const { matrix, unexpected, weakened } = accessOf({ ...checked, access: closed });
    assert.ok(unexpected.length > 0 && weakened.length > 0);
    const group = matrix.groups.find(
      ({ service, environment }) => `${service} ${environment}` === "orders prod",
    );
    const item = group?.items.find((one) => one.item === "webhook-signing-key");
    assert.ok((item?.missing?.length ?? 0) > 0);
    assert.ok(item!.missing!.every((at) => !item!.readers.includes(at)));
    const { access } = checked;
    assert.ok(!("undecided" in access));
    const [grant] = access.grants;
    const why = { expected: "refused", decision: "allowed", why: "w", remedy: "r" } as const;
    const opened = accessOf({
      ...checked,
      access: {
        ...access,
        unexpected: [
          { ...grant!, ...why },
          { ...grant!, ...why, item: "arn:of:no:item" },
        ],
      },
    });
    const marked = opened.matrix.groups.flatMap(({ items }) => items).filter((one) => one.unexpected);
    assert.deepEqual(
      marked.map(({ unexpected: at }) => at?.length),
      [1, 1],
    );
    assert.deepEqual(
      [opened.matrix.groups[0]?.service, opened.matrix.groups[0]?.items[0]?.item],
      ["in no manifest", "arn:of:no:item"],
    );
  });

  it("says so where nothing was decided, in place of a matrix", () => {
    const undecided = { undecided: ["security: a thing that is not read"] };
    assert.deepEqual(pageData({ ...checked, access: undecided }, made).access, undecided);
  });

  it("has every item that rotates or expires once in the calendar, what is due soonest first", () => {
    const { calendar } = pageData(checked, made);
    const { secrets, managedSecrets, parameters } = checked.plan;
    const due = [...secrets, ...managedSecrets, ...parameters.filter(({ expires }) => expires !== undefined)];
    assert.deepEqual(
      calendar.flatMap(({ items }) => items).sort(),
      due.map(({ service, environment, item }) => `${service}/${environment}/${item}`).sort(),
    );
    const days = calendar.map((pace) => pace.days ?? Infinity);
    assert.deepEqual(
      days,
      [...days].sort((one, other) => one - other),
    );
    assert.equal(calendar.at(-1)?.what, "elsewhere");
    for (const { service, environment, item, rotation } of secrets) {
      const pace = calendar.find(({ items }) => items.includes(`${service}/${environment}/${item}`));
      assert.deepEqual(
        [pace?.days, pace?.how],
        [rotation.schedule.longestDays, rotation.schedule.expression],
      );
    }
  });

  it("has findings, refused ones first, notes and what changed", () => {
    const found = { policy: "p", urn: "urn:pulumi:prod::p::t::name", message: "one\ntwo" };
    const data = pageData(
      {
        ...checked,
        findings: [
          { ...found, stack: "prod", level: "advisory" },
          { ...found, stack: "staging", level: "mandatory", urn: "" },
        ],
        notes: [{ file: "services/a.yaml", line: 7, column: 12, note: "better" }],
      },
      made,
      { comparison: plantedComparison("main"), isRefused: true },
    );
    assert.deepEqual(data.findings, [
      { level: "refused", stack: "staging", resource: "", policy: "p", message: "one\\u{a}two" },
      { level: "advice", stack: "prod", resource: "name", policy: "p", message: "one\\u{a}two" },
    ]);
    assert.deepEqual(data.notes, [{ where: "services/a.yaml:7:12", note: "better" }]);
    assert.deepEqual(
      [data.changes?.counts, data.changes?.refused, data.changes?.lines.widened],
      [
        "1 widened, 1 narrowed, 1 other change",
        "--fail-on widened refuses this: 1 widened",
        [{ mark: "+", where: ["main"], text: "main" }],
      ],
    );
  });

  it("holds no value of a parameter", () => {
    const many = manyServices(5);
    assert.ok(JSON.stringify(many.plan).includes("canary-4"));
    assert.ok(!JSON.stringify(pageData(many, made)).includes("canary-"));
  });

  it("is small at 500 services, and made at once", () => {
    const many = manyServices(500);
    const before = process.cpuUsage().user;
    const data = pageData(many, made);
    const seconds = (process.cpuUsage().user - before) / 1e6;
    assert.ok(seconds < 10, `${seconds} s`);
    assert.ok(JSON.stringify(data).length < 2_000_000);
    assert.ok(data.calendar.length < 20);
    assert.equal(data.services.length, 500);
  });
});
