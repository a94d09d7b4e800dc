import assert from "node:assert/strict";
import fc from "fast-check";
import { detectionsOf } from "../../../model/detection/account";
import { eventPatternText, longestEventPattern } from "../../../model/detection/eventPattern";
import { longestFilterPattern, mostFilters } from "../../../model/detection/filterPattern";
import { detectionProblems } from "../../../model/detection/limits";
import type { AlarmSettings, Organisation } from "../../../model/organisation/types";
import { buildPlan } from "../../../model/plan/build";
import type { Plan } from "../../../model/plan/types";
import { formatProblem } from "../../../model/yaml/problem";
import { catalogue, ownRotation, secret, secureString, service } from "../plan/support/catalogues";
import { organisation, securityStack, workloadStack } from "../plan/support/organisations";
import { metricFilter } from "./support/metricFilter";

function withAlarms(alarms: AlarmSettings, base: Organisation = organisation()): Organisation {
  return { ...base, stacks: base.stacks.map((stack) => ({ ...stack, alarms })) };
}

/** Services whose secrets rotate by functions of their own, each with a role of its own. */
function withOwnRotations(count: number, role: (index: number) => string, alarms: AlarmSettings = {}): Plan {
  const services = Array.from({ length: count }, (_, index) =>
    service(`service-${index}`, { secrets: [secret("session", { rotation: ownRotation(role(index)) })] }),
  );
  return buildPlan(catalogue(...services), withAlarms(alarms));
}

const lines = (plan: Plan) => detectionProblems(plan).map(formatProblem);

describe("what is watched, at AWS's limits", () => {
  it("is the same for 500 services as for one, and within every limit", () => {
    const planOf = (count: number) =>
      buildPlan(
        catalogue(
          ...Array.from({ length: count }, (_, index) =>
            service(`a-service-with-a-long-name-${index}`, {
              environments: ["staging", "prod"],
              secrets: [secret("signing-key")],
              parameters: [secureString("token")],
            }),
          ),
        ),
        organisation(),
      );
    const [one, many] = [planOf(1), planOf(500)];
    assert.deepEqual(lines(many), []);
    for (const stack of many.organisation.stacks) {
      const detections = detectionsOf(many, stack);
      assert.deepEqual(detections, detectionsOf(one, stack));
      assert.ok(detections.filters.length <= mostFilters);
    }
  });

  it("is within every limit and in the documented language, or said not to be, for any settings", () => {
    const role = fc
      .tuple(
        fc.constantFrom("", "teams/", "a/b/"),
        fc.stringMatching(/^[\w+=,.@-]{1,64}$/),
        fc.constantFrom("", "*"),
      )
      .map((parts) => parts.join(""));
    const range = fc
      .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 8, max: 32 }))
      .map(([a, b, c, d, length]) => `${a}.${b}.${c}.${d}/${length}`);
    const alarms = fc.record<Required<Omit<AlarmSettings, "readsBand">>>(
      {
        namePrefix: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}[a-z0-9]$/),
        expectedAddresses: fc.array(range, { maxLength: 6 }),
        expectedRoles: fc.array(role, { maxLength: 6 }),
        outsideNetwork: fc.array(role, { maxLength: 6 }),
        readsInFiveMinutes: fc.nat(),
        deniedReads: fc.nat(),
        unauthorisedCalls: fc.nat(),
        failedSignIns: fc.nat(),
        deployerChanges: fc.constantFrom("ignore", "report"),
      },
      { requiredKeys: [] },
    );
    const deployer = fc
      .tuple(fc.constantFrom("", "teams/", `${"x".repeat(300)}/`), fc.stringMatching(/^[\w+=,.@-]{1,64}$/))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(alarms, deployer, (settings, name) => {
        const base = organisation();
        const changed = { ...base, principals: { ...base.principals, deployer: name } };
        const plan = buildPlan(catalogue(), withAlarms(settings, changed));
        const said = detectionProblems(plan).length > 0;
        let exceeded = false;
        for (const stack of plan.organisation.stacks) {
          const { filters, rules } = detectionsOf(plan, stack);
          exceeded ||= filters.some(({ pattern }) => pattern.length > longestFilterPattern);
          exceeded ||= rules.some(({ pattern }) => eventPatternText(pattern).length > longestEventPattern);
          if (!said) for (const { pattern } of filters) metricFilter(pattern);
        }
        assert.equal(said, exceeded);
      }),
      { numRuns: 200 },
    );
  });

  it("has room for seventeen workload accounts and says how to go on past that", () => {
    const planFor = (count: number) => {
      const names = Array.from({ length: count }, (_, index) => `environment-${index}`);
      return buildPlan(catalogue(), {
        ...organisation(),
        stacks: [
          securityStack("security", "111111111111", names, { logArchive: { lockDays: 1, keepDays: 2 } }),
          ...names.map((name, index) => workloadStack(name, String(200_000_000_000 + index))),
        ],
      });
    };
    assert.deepEqual(lines(planFor(17)), []);
    assert.deepEqual(lines(planFor(18)), [
      "Pulumi.security.yaml:1:1 config.secrets-platform:alarms: the pattern of filter unexpected-account would have 1035 characters, 11 too many; AWS takes 1024; move some of its environments to a security stack of their own",
    ]);
  });

  it("names the roles of teams' own rotation functions, and says how to name many", () => {
    const plan = withOwnRotations(2, (index) => `rotation/service-${index}`);
    const [security] = plan.organisation.stacks;
    const filter = detectionsOf(plan, security!).filters.find(({ id }) => id === "local-reader");
    assert.match(filter!.pattern, /"\*:role\/rotation\/service-0".*"\*:role\/rotation\/service-1"/);
    const many = withOwnRotations(500, (index) => `rotation/service-${index}`);
    assert.match(
      lines(many).join("\n"),
      /^Pulumi\.security\.yaml:1:1 config\.secrets-platform:alarms: the pattern of filter local-reader would have \d+ characters, \d+ too many; AWS takes 1024; give the roles of rotation functions \(rotation\/service-0, rotation\/service-1, rotation\/service-2 and 497 more\) a common path and name it in `expectedRoles`, as in `rotation\/\*`$/,
    );
    const common = withOwnRotations(500, (index) => `rotation/service-${index}`, {
      expectedRoles: ["rotation/*"],
    });
    assert.deepEqual(lines(common), []);
  });

  it("names every administrator whose role may not be changed, in as many patterns as that takes", () => {
    const base = organisation();
    const administrators = Array.from({ length: 40 }, (_, index) => `teams/keeper-of-keys-number-${index}`);
    const plan = buildPlan(catalogue(), { ...base, principals: { ...base.principals, administrators } });
    assert.deepEqual(lines(plan), []);
    for (const stack of plan.organisation.stacks) {
      const filters = detectionsOf(plan, stack).filters.filter(({ id }) => id.startsWith("deployer-changed"));
      const names = administrators.map((name) => `"${name.slice("teams/".length)}"`);
      for (const name of [...names, '"platform-deployer"', '"stacksets-exec-*"']) {
        assert.equal(filters.filter(({ pattern }) => pattern.includes(name)).length, 1, name);
      }
      assert.equal(new Set(filters.map(({ id }) => id)).size, filters.length);
    }
  });

  it("has room for a log group of 150 characters", () => {
    const base = organisation();
    const trail = { mode: "existing", logGroup: `/${"x".repeat(149)}` } as const;
    const stacks = base.stacks.map((stack) => ({ ...stack, trail }));
    assert.deepEqual(lines(buildPlan(catalogue(), { ...base, stacks })), []);
  });

  it("says which ranges are too many", () => {
    const plan = buildPlan(catalogue(), withAlarms({ expectedAddresses: ["10.0.0.0/9"] }));
    assert.deepEqual(
      lines(plan).map((line) => line.replace(/\d+ characters, \d+/, "N characters, N")),
      ["staging", "prod"].map(
        (name) =>
          `Pulumi.${name}.yaml:1:1 config.secrets-platform:alarms: the pattern of filter unexpected-address would have N characters, N too many; AWS takes 1024; write the ranges of \`expectedAddresses\` as /8, /16 or /24, which are one comparison each, or name fewer roles in \`outsideNetwork\``,
      ),
    );
  });
});
