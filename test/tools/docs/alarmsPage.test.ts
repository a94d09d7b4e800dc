import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { detectionsOf } from "../../../model/detection/account";
import { alarmsPage } from "../../../tools/docs/alarms/alarmsPage";
import { entriesOf } from "../../../tools/docs/alarms/entries";
import { defaultAlarms } from "../../../model/detection/settings";
import { auditingSettings } from "../../../model/organisation/auditingSchema";
import { planOf, repository, samplePlan, withCopy } from "../../model/plan/support/samples";

const plan = samplePlan();
const page = alarmsPage(plan);
const examples = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, text]) => text!);

type Config = Readonly<Record<string, unknown>>;

function configOf(text: string): Config {
  return (parse(text) as { readonly config: Config }).config;
}

describe("the page on alarms", () => {
  it("is what docs/alarms.md says; run `npm run docs` otherwise", () => {
    assert.equal(readFileSync(join(repository, "docs/alarms.md"), "utf8"), page);
  });

  it("has a line for every alarm and notice of every account, with what to do first", () => {
    for (const stack of plan.organisation.stacks) {
      const { alarms, rules } = detectionsOf(plan, stack);
      for (const { id } of [...alarms, ...rules]) {
        assert.match(
          page,
          new RegExp(`^\\| \`${id}\` \\| (?:${stack.kind}|every) \\| [A-Z].+ \\| .{20,} \\|$`, "m"),
        );
      }
      for (const { runbook } of alarms)
        assert.ok(page.includes(runbook.slice(0, runbook.indexOf(" First: "))));
    }
  });

  it("says of each account's own alarms whose they are, and of common ones that every account has them", () => {
    const accounts = new Map<string, string[]>();
    for (const { id, account } of entriesOf(plan).alarms) {
      accounts.set(id, [...(accounts.get(id) ?? []), account]);
    }
    assert.deepEqual(accounts.get("unexpected-address"), ["workload"]);
    assert.deepEqual(accounts.get("unexpected-account"), ["security"]);
    assert.deepEqual(accounts.get("denied-reads"), ["workload", "security"]);
    assert.deepEqual(accounts.get("break-glass"), ["every"]);
  });

  it("names for each the settings that change it, and has no setting that changes nothing", () => {
    const { alarms, rules } = entriesOf(plan);
    const settings = Object.fromEntries([...alarms, ...rules].map((one) => [one.id, one.settings]));
    assert.deepEqual(settings["unexpected-address"], ["expectedAddresses", "outsideNetwork"]);
    assert.deepEqual(settings["local-reader"], ["expectedRoles"]);
    assert.deepEqual(settings["policy-changed"], ["deployerChanges"]);
    assert.deepEqual(settings["trail-silent"], ["trailLogGroup"]);
    assert.deepEqual(settings["break-glass"], []);
    assert.deepEqual(
      [...new Set(Object.values(settings).flat())].sort(),
      [...Object.keys(defaultAlarms), "trailLogGroup"].filter((name) => name !== "namePrefix").sort(),
    );
  });

  it("leaves nothing that Markdown would take for HTML", () => {
    assert.deepEqual(page.match(/<(?!!--)\w[^>]*>/g), null);
  });

  it("says how many workload accounts a security account has room for", () => {
    assert.match(page, /one security account has room for 17\b/);
  });
});

describe("the page's examples", () => {
  for (const example of examples) {
    const config = configOf(example);
    it(`${Object.keys(config).join(", ")} can be written as shown`, () => {
      withCopy((root) => {
        const file = join(root, "Pulumi.prod.yaml");
        const before = readFileSync(file, "utf8");
        const others = Object.keys(config).reduce(
          (text, key) => text.replace(new RegExp(`^  ${key}:.*\\n(?:    .*\\n)*`, "m"), ""),
          before,
        );
        writeFileSync(file, others + example.replace(/^(?:#.*\n)?config:\n/, ""));
        const stack = planOf(root).organisation.stacks.find(({ name }) => name === "prod");
        const { "secrets-platform:trailLogGroup": logGroup, ...rest } = config;
        const expected: Readonly<Record<string, unknown>> = {
          "secrets-platform:trail": logGroup !== undefined && { mode: "existing", logGroup },
          "secrets-platform:accessAnalyzer": rest["secrets-platform:accessAnalyzer"],
          "secrets-platform:alarms": rest["secrets-platform:alarms"],
          "secrets-platform:notices": rest["secrets-platform:notices"],
        };
        for (const key of Object.keys(rest)) {
          assert.deepEqual(stack?.[key.slice("secrets-platform:".length) as "alarms"], expected[key], key);
        }
      });
    });
  }

  it("hold every setting, none of them at its default", () => {
    const all: Config = Object.assign({}, ...examples.map(configOf));
    assert.deepEqual(Object.keys(all).sort(), Object.keys(auditingSettings).sort());
    for (const key of ["secrets-platform:alarms", "secrets-platform:notices"] as const) {
      const shown = all[key] as Config;
      assert.deepEqual(Object.keys(shown).sort(), Object.keys(auditingSettings[key].unwrap().shape).sort());
    }
    for (const [name, value] of Object.entries(all["secrets-platform:alarms"] as Config)) {
      assert.notDeepEqual(value, defaultAlarms[name as keyof typeof defaultAlarms], name);
    }
  });
});
