import assert from "node:assert/strict";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import fc from "fast-check";
import { stringify } from "yaml";

import { loadPlan } from "../../../model/load";
import { formatProblem } from "../../../model/yaml/problem";
import { InvalidPackFiles, readPackFiles } from "../../../policies/pack/packFiles";
import { planSettings } from "../../../policies/pack/planSettings";
import { organisationRoot, settingsFiles } from "../../support/organisation";
import { manifestTexts } from "../../model/catalogue/arbitrary";
import { changedAt, planted, plants, textPlaces } from "../../model/catalogue/plants";
import { repositorySettings } from "../../../policies/pack/repository";
import { defaultSettings, type Settings, settingSchemas } from "../../../policies/pack/settings";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "pack-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const read = () => readPackFiles(folder, ["secret-cmk", "key-rotation"]);
const problems = (): string[] => {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof InvalidPackFiles);
    return error.message.split("\n");
  }
  return [];
};

describe("the files beside the pack", () => {
  it("may be absent or empty", () => {
    assert.deepEqual(read(), { settings: defaultSettings, exemptions: [] });
    write("settings.yaml", "# nothing\n");
    write("exemptions.yaml", "exemptions: []\n");
    assert.deepEqual(read(), { settings: defaultSettings, exemptions: [] });
  });

  it("are regular files: no link, which may lead anywhere", () => {
    symlinkSync("/dev/zero", path.join(folder, "settings.yaml"));
    symlinkSync("/etc/hostname", path.join(folder, "exemptions.yaml"));
    assert.deepEqual(problems(), [
      "settings.yaml:1: the file is a link; it has to be a regular file",
      "exemptions.yaml:1: the file is a link; it has to be a regular file",
    ]);
    for (const name of ["Pulumi.yaml", "Pulumi.prod.yaml", "services/orders.yaml"]) {
      mkdirSync(path.dirname(path.join(folder, "repository", name)), { recursive: true });
      symlinkSync("/dev/zero", path.join(folder, "repository", name));
    }
    assert.deepEqual(repositorySettings(path.join(folder, "repository")), {
      sharing: [],
      boundaries: [],
      analyzedElsewhere: [],
      publicParameters: [],
      containerInstances: [],
    });
  });

  it("give settings to every rule", () => {
    write("settings.yaml", "organization: o-exampleorgid\nmaxRotationDays: 30\nproduction: [live]\n");
    const { settings } = read();
    assert.deepEqual(
      [settings.organization, settings.maxRotationDays, settings.production, settings.minNoticeDays],
      ["o-exampleorgid", 30, ["live"], 14],
    );
  });

  it("give exemptions, each with its line, the date as text", () => {
    write(
      "exemptions.yaml",
      "exemptions:\n  - rule: secret-cmk\n    resource: urn:*\n    reason: Moves soon\n    owner: a@example.com\n    until: 2026-12-31\n",
    );
    assert.deepEqual(read().exemptions, [
      {
        rule: "secret-cmk",
        resource: "urn:*",
        reason: "Moves soon",
        owner: "a@example.com",
        until: "2026-12-31",
        place: "exemptions.yaml:2",
      },
    ]);
  });

  it("say everything that is wrong at once", () => {
    write("settings.yaml", "maxRotationDay: 30\nproduction: prod\n");
    write(
      "exemptions.yaml",
      "exemptions:\n  - rule: secret-cm\n    resource: urn:*\n    reason: ''\n    until: 2026-13-01\n    ticket: 1\n  - now\n",
    );
    const found = problems();
    assert.equal(found.length, 8, found.join("\n"));
    assert.match(found[0] ?? "", /^settings\.yaml: "maxRotationDay" is no setting; they are organization, /);
    assert.equal(found[1], "settings.yaml: production must be of type array");
    assert.deepEqual(found.slice(2), [
      "exemptions.yaml:2: reason is missing, or no text",
      "exemptions.yaml:2: owner is missing, or no text",
      'exemptions.yaml:2: "ticket" is no key of an exemption; they are rule, resource, reason, owner, until',
      'exemptions.yaml:2: "secret-cm" is no rule of the pack',
      'exemptions.yaml:2: until is "2026-13-01"; a date as in 2026-11-30 is needed',
      "exemptions.yaml:7: an exemption has rule, resource, reason, owner, until",
    ]);
  });

  for (const [name, text, problem] of [
    ["no YAML", "exemptions: [", /^exemptions\.yaml:1: /],
    ["a list at the top", "- rule: secret-cmk", /^exemptions\.yaml:1: a mapping is expected/],
    ["no list", "exemptions: none", /^exemptions\.yaml: a list under `exemptions` is expected/],
  ] satisfies [string, string, RegExp][]) {
    it(`refuse ${name}`, () => {
      write("exemptions.yaml", text);
      assert.match(problems()[0] ?? "", problem);
    });
  }

  it("take an environment for production as the Pulumi CLI writes it: with `true` in quotes", () => {
    write("quoted/Pulumi.yaml", "name: shop\n");
    write(
      "quoted/Pulumi.live.yaml",
      'config:\n  secrets-platform:environment: live\n  secrets-platform:production: "true"\n',
    );
    write(
      "quoted/Pulumi.test.yaml",
      'config:\n  secrets-platform:environment: test\n  secrets-platform:production: "false"\n',
    );
    assert.deepEqual(repositorySettings(path.join(folder, "quoted")).production, ["live"]);
  });

  it("take nothing from a manifest whose names are no texts, and do not fail", () => {
    const odd = "{ toString: none }";
    write("odd/Pulumi.yaml", `name: ${odd}\n`);
    write(
      "odd/Pulumi.live.yaml",
      `config:\n  secrets-platform:environment: live\n  secrets-platform:production: ${odd}\n`,
    );
    write("odd/services/x.yaml", `service: ${odd}\nsecrets: { a: { shareWith: [${odd}] } }\n`);
    const settings = repositorySettings(path.join(folder, "odd"));
    assert.deepEqual(settings.sharing, [{ owner: "", item: "a", with: [""] }]);
  });

  it("take organisation, production, sharing and boundaries from a repository of this platform", () => {
    write("repo/Pulumi.yaml", "name: shop\nconfig:\n  organizationId: { value: o-exampleorgid }\n");
    write(
      "repo/Pulumi.live.yaml",
      "config:\n  secrets-platform:environment: live\n  secrets-platform:production: true\n",
    );
    write("repo/Pulumi.staging.yaml", "config:\n  secrets-platform:environment: staging\n");
    write(
      "repo/services/payments.yaml",
      "service: payments\nsecrets:\n  ledger: { shareWith: [reporting] }\n  own: {}\nparameters:\n  limit: { shareWith: [orders, reporting] }\n  site-key: { public: In every page }\nconsumers:\n  jobs: { kind: ec2, instanceType: t4g.small, hopLimit: 2 }\n  others: { kind: ec2, instanceType: t4g.small, hopLimit: 1 }\nenvironments: [live]\n",
    );
    write("repo/services/broken.yaml", "service: [");
    write("settings.yaml", "repository: repo\nminNoticeDays: 21\n");
    const { settings } = read();
    assert.equal(settings.organization, "o-exampleorgid");
    assert.deepEqual(settings.production, ["live"]);
    assert.deepEqual(settings.environments.slice(0, 2), ["live", "staging"]);
    assert.ok(settings.environments.includes("dev"));
    assert.deepEqual(settings.sharing, [
      { owner: "payments", item: "ledger", with: ["reporting"] },
      { owner: "payments", item: "limit", with: ["orders", "reporting"] },
    ]);
    assert.deepEqual(settings.boundaries, [
      "/platform/services-boundary-live",
      "/platform/services-boundary-staging",
    ]);
    assert.deepEqual(settings.publicParameters, ["/payments/live/site-key"]);
    assert.deepEqual(settings.containerInstances, ["payments-live-jobs"]);
    assert.equal(settings.minNoticeDays, 21);
  });

  it("take from each stack's file whether something else analyses its account, as the Plan does", () => {
    write("analysed/Pulumi.yaml", "name: shop\n");
    write("analysed/Pulumi.live.yaml", "config:\n  secrets-platform:accessAnalyzer: existing\n");
    write("analysed/Pulumi.security-live.yaml", "config:\n  secrets-platform:accessAnalyzer: existing\n");
    write("analysed/Pulumi.staging.yaml", "config:\n  secrets-platform:accessAnalyzer: create\n");
    const { analyzedElsewhere } = repositorySettings(path.join(folder, "analysed"));
    assert.deepEqual(analyzedElsewhere, ["live", "security-live"]);
    const { plan } = loadPlan({ root: organisationRoot });
    const stacks = plan!.organisation.stacks.map((stack) =>
      stack.name === "prod" ? { ...stack, accessAnalyzer: "existing" as const } : stack,
    );
    const said = planSettings({ ...plan!, organisation: { ...plan!.organisation, stacks } });
    assert.deepEqual(said.analyzedElsewhere, ["prod"]);
  });

  it("refuse an organisation's identifier that is none, where it stands", () => {
    write("settings.yaml", "repository: repo\n");
    for (const [given, found] of [
      ["ou-wrong", '"ou-wrong"'],
      ["5", "5"],
      ['""', "an empty text"],
    ] as const) {
      write("repo/Pulumi.yaml", `name: shop\nconfig:\n  organizationId:\n    value: ${given}\n`);
      assert.deepEqual(problems(), [
        `Pulumi.yaml:4: config.organizationId: found ${found}; must be the identifier of an AWS organisation, such as \`o-exampleorgid\`; change it`,
      ]);
    }
  });

  it("take no other files of a repository than the platform does", () => {
    write("other/Pulumi.yaml", "name: shop\n");
    write(
      "other/Pulumi..live.yaml",
      "config:\n  secrets-platform:environment: live\n  secrets-platform:production: true\n",
    );
    write(
      "other/services/.payments.yaml",
      "service: payments\nsecrets:\n  ledger: { shareWith: [orders] }\n",
    );
    assert.deepEqual(repositorySettings(path.join(folder, "other")), {
      sharing: [],
      boundaries: [],
      analyzedElsewhere: [],
      publicParameters: [],
      containerInstances: [],
    });
  });

  it("take nothing from a repository that is something else", () => {
    const nothing = {
      sharing: [],
      boundaries: [],
      analyzedElsewhere: [],
      publicParameters: [],
      containerInstances: [],
    };
    assert.deepEqual(repositorySettings(folder), nothing);
  });

  it("say of any valid manifests and settings what their Plan says", function () {
    this.timeout(240_000);
    fc.assert(
      fc.property(
        manifestTexts(),
        fc.record({
          production: fc.constantFrom("true", '"true"', "false", undefined),
          analysed: fc.boolean(),
        }),
        (manifests, { production, analysed }) => {
          const root = mkdtempSync(path.join(folder, "any-"));
          for (const name of settingsFiles)
            writeFileSync(path.join(root, name), readFileSync(path.join(organisationRoot, name)));
          const staging = path.join(root, "Pulumi.staging.yaml");
          if (production !== undefined)
            appendFileSync(staging, `  secrets-platform:production: ${production}\n`);
          if (analysed) appendFileSync(staging, "  secrets-platform:accessAnalyzer: existing\n");
          mkdirSync(path.join(root, "services"));
          for (const [name, text] of Object.entries(manifests))
            writeFileSync(path.join(root, "services", `${name}.yaml`), text);
          // What `code` leads to.
          cpSync(path.join(organisationRoot, "examples"), path.join(root, "examples"), { recursive: true });
          assertSame(root);
        },
      ),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it("say of a repository what its Plan says", () => {
    const settings = assertSame(organisationRoot);
    assert.ok((settings.boundaries ?? []).length > 1);
  });

  it("take no name of an environment that stands for others", () => {
    write("wide/Pulumi.yaml", "name: shop\n");
    for (const [index, name] of ["'*'", "pro?", "'${aws:PrincipalTag/x}'", '"a\\eb"', "../prod"].entries())
      write(`wide/Pulumi.s${index}.yaml`, `config:\n  secrets-platform:environment: ${name}\n`);
    assert.deepEqual(repositorySettings(path.join(folder, "wide")).boundaries, []);
  });
});

/** By either way, whatever the order. */
function assertSame(root: string): Partial<Settings> {
  const { plan, problems } = loadPlan({ root });
  assert.ok(plan !== undefined, problems.map(formatProblem).join("\n"));
  const sorted = (settings: Partial<Settings>) =>
    Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map((entry) => JSON.stringify(entry)).sort() : value,
      ]),
    );
  const settings = planSettings(plan);
  assert.deepEqual(sorted(repositorySettings(root)), sorted(settings));
  return settings;
}

describe("what is planted into the files beside the pack", () => {
  const exemption = {
    rule: "secret-cmk",
    resource: "urn:pulumi:prod::x::aws:kms/key:Key::*",
    reason: "Moves soon",
    owner: "a@example.com",
    until: "2999-12-31",
  };
  const settingsData = {
    organization: "o-exampleorgid",
    production: ["prod"],
    environments: ["prod"],
    sharing: [{ owner: "orders", item: "token", with: ["payments"] }],
    requiredTags: ["owner"],
    branchReaders: ["/platform/*"],
    boundaries: ["/platform/boundary"],
    analyzedElsewhere: ["prod"],
    publicParameters: ["/orders/prod/key"],
    containerInstances: ["orders-prod-reports"],
  };

  it("goes into every setting that takes a text", () => {
    const taking = Object.entries(settingSchemas).filter(([, { type }]) => type !== "number");
    assert.deepEqual(Object.keys(settingsData).sort(), taking.map(([name]) => name).sort());
    assert.deepEqual(Object.keys(exemption).sort(), ["owner", "reason", "resource", "rule", "until"]);
  });

  for (const plant of plants) {
    it(`is refused, or said on one line: ${JSON.stringify(plant)}`, () => {
      const data = { "settings.yaml": settingsData, "exemptions.yaml": { exemptions: [exemption] } };
      for (const [index, place] of textPlaces(data).entries()) {
        const changed = changedAt(data, place, (text) => planted(text, plant, index % 3));
        for (const [name, content] of Object.entries(changed)) write(name, stringify(content));
        const lines = problems();
        for (const line of lines) {
          assert.match(line, /^(?:settings|exemptions)\.yaml(?::\d+)?: /);
          assert.doesNotMatch(line, /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|##\w*\[/u, place.path.join("."));
        }
        if (lines.length > 0) continue;
        const { settings, exemptions } = read();
        const [found] = exemptions;
        for (const text of found === undefined
          ? []
          : [found.reason, found.owner, found.resource, found.until])
          assert.doesNotMatch(text, /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u);
        const names = JSON.stringify({ ...settings, branchReaders: [], boundaries: [] });
        assert.doesNotMatch(names, /[*?]|\$[{(]|\\u|\.\.\//, place.path.join("."));
      }
    });
  }

  it("ends with no stack trace where YAML itself is odd", () => {
    const odd = [
      "exemptions: *x",
      "a: &a [*a]",
      "exemptions:\n  - *\n",
      "? [a]\n: b\n",
      "exemptions: !!binary x",
    ];
    for (const text of [...odd, `a: &a [x]\nb: [${"*a,".repeat(200)}]\nc: &c [${"*a,".repeat(200)}]\n`]) {
      for (const name of ["settings.yaml", "exemptions.yaml"]) {
        write(name, text);
        for (const line of problems()) assert.match(line, /^(?:settings|exemptions)\.yaml(?::\d+)?: /);
        write(name, "");
      }
    }
  });
});
