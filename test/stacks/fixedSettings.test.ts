import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import type { Organisation, Stack } from "../../model/organisation/types";
import { buildPlan } from "../../model/plan/build";
import type { Plan } from "../../model/plan/types";
import { catalogue, secret, service } from "../model/plan/support/catalogues";
import { organisation } from "../model/plan/support/organisations";
import { type Outputs, runStack, type Surroundings } from "./support/runStack";

const plan = planOf(organisation());

function planOf(changed: Organisation): Plan {
  const orders = service("orders", { environments: ["staging", "prod"], secrets: [secret("signing-key")] });
  return buildPlan(catalogue(orders), changed);
}

/** The plan with one stack changed; `rest` of the organisation too. */
function changed(name: string, change: Partial<Stack>, rest: Partial<Organisation> = {}): Plan {
  const own = organisation();
  const stacks = own.stacks.map((stack) =>
    stack.name === name ? ({ ...stack, ...change } as Stack) : stack,
  );
  return planOf({ ...own, stacks, ...rest });
}

const outputs = new Map<string, Promise<Outputs>>();

/** What the stack exported when it was deployed as it was at first; once for all tests. */
function deployed(name: string): Promise<Outputs> {
  const known = outputs.get(name) ?? runStack(plan, name, beside(name)).then((built) => built.outputs);
  outputs.set(name, known);
  return known;
}

/** Workload stacks take ARNs of the security stack. */
function beside(name: string): Surroundings {
  return name === "security" ? {} : { security: "deployed" };
}

async function refusal(name: string, now: Plan, dryRun = false): Promise<readonly string[]> {
  const previous = await deployed(name);
  let message = "";
  await assert.rejects(runStack(now, name, { ...beside(name), previous, dryRun }), (error) => {
    assert.ok(error instanceof RunError, String(error));
    ({ message } = error);
    return true;
  });
  const [first, ...lines] = message.split("\n");
  assert.equal(
    first,
    "Nothing was changed, because these settings stay what they were when the stack was deployed:",
  );
  return lines;
}

const network = { cidr: "10.99.0.0/16", availabilityZones: 2, nat: "none" } as const;

describe("settings that a deployed stack keeps", function () {
  this.timeout(480_000);

  for (const dryRun of [false, true]) {
    it(`are the network's range, ${dryRun ? "in a preview" : "in an update"}`, async () => {
      const [line, ...others] = await refusal("staging", changed("staging", { network }), dryRun);
      assert.deepEqual(others, []);
      assert.equal(
        line,
        "Pulumi.staging.yaml:6:11 config.secrets-platform:network.cidr: found 10.99.0.0/16, and the stack was deployed with 10.20.0.0/16; " +
          "the network and all that runs in it would be replaced, with an interruption; put 10.20.0.0/16 back; for another, " +
          "make another environment, with an account and a stack of its own, and move the services there (docs/operations.md, what cannot change)",
      );
    });
  }

  it("are its account and region, in stacks of either kind, all told at once", async () => {
    for (const name of ["security", "prod"]) {
      const lines = await refusal(
        name,
        changed(name, { account: "999999999999" }, { region: "eu-central-1" }),
      );
      assert.equal(lines.length, 2);
      assert.match(
        lines[0]!,
        /^Pulumi\.\w+\.yaml:2:15 config\.aws:region: found eu-central-1, and the stack was deployed with eu-west-1; /,
      );
      assert.match(
        lines[1]!,
        /^Pulumi\.\w+\.yaml:3:3 config\.aws:allowedAccountIds: found 999999999999, and the stack was deployed with \d{12}; /,
      );
    }
  });

  it("are its environment, by which everything in it is called", async () => {
    const own = organisation();
    const stacks = own.stacks.map((stack): Stack => {
      if (stack.kind === "security") return { ...stack, environments: ["staging", "live"] };
      return stack.name === "prod" ? { ...stack, environment: "live" } : stack;
    });
    const orders = service("orders", { environments: ["staging", "live"] });
    const renamed = buildPlan(catalogue(orders), { ...own, stacks });
    const [line] = await refusal("prod", renamed);
    assert.match(
      line!,
      /:environment: found live, and the stack was deployed with prod; every name holds it, /,
    );
  });

  it("are the environments whose values it holds, where another stack is to hold them", async () => {
    const [line, ...others] = await refusal("security", planOf(organisation({ sharded: true })));
    assert.deepEqual(others, []);
    assert.match(
      line!,
      /^Pulumi\.security\.yaml:5:3 config\.secrets-platform:environments: prod is held by stack security-prod, and was deployed here; /,
    );
  });

  it("are the audit bucket's", async () => {
    const own = organisation({ sharded: true });
    const before = await runStack(planOf(own), "security");
    const [first, second, ...rest] = own.stacks;
    const archive = { logArchive: { lockDays: 1, keepDays: 2 } };
    const moved = {
      ...own,
      stacks: [{ ...first, logArchive: undefined }, { ...second, ...archive }, ...rest],
    };
    await assert.rejects(
      runStack(planOf(moved as unknown as Organisation), "security", { previous: before.outputs }),
      /config\.secrets-platform:logArchive: it is gone, and the organisation's audit bucket was deployed with this stack; /,
    );
  });

  it("are none of those that change what is there in its place", async () => {
    const outputs = await deployed("staging");
    const wider = { cidr: "10.20.0.0/16", availabilityZones: 4, nat: "per-zone" } as const;
    for (const now of [
      plan,
      changed("staging", { network: wider }),
      changed("staging", { production: true }),
    ]) {
      await runStack(now, "staging", { previous: outputs, security: "deployed" });
    }
  });

  it("are none of those of a security stack that an earlier version did not export", async () => {
    for (const settings of [{}, { environments: "staging" }, { environments: [1] }]) {
      await runStack(plan, "security", { previous: { settings } });
    }
  });

  it("are none where nothing was deployed, or was destroyed, or by what exported none", async () => {
    const now = changed("staging", { network });
    for (const previous of [undefined, {}, { settings: "x" }, { settings: { networkRange: 1 } }]) {
      await runStack(now, "staging", { security: "deployed", ...(previous && { previous }) });
    }
  });
});
