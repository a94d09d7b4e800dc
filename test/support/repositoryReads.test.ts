import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryReads, testFiles } from "./repositoryReads";

const repository = join(__dirname, "../..");

/** Tests that look at the repository's own settings or manifests, each with the reason (see organisation.ts). */
const allowed: Readonly<Record<string, string>> = {
  "test/examples/support/program.ts": "runs examples with the packages installed there, and reads no setting",
  "test/model/catalogue/broken.test.ts": "gives its own manifests; the root holds the code that they name",
  "test/model/catalogue/editor/support/languageServer.ts":
    "runs the server that is installed there, on manifests of its own",
  "test/model/catalogue/jsonSchema.test.ts":
    "the schema for editors is generated, with the environments of each fork",
  "test/model/catalogue/load.test.ts": "gives its own manifests, which lie elsewhere",
  "test/model/catalogue/properties.test.ts":
    "gives its own manifests; the root holds the code that they name",
  "test/model/catalogue/support.ts": "gives its own manifests; the root holds the code that they name",
  "test/model/organisation/load.test.ts": "settings of a fork are to be without a fault as well",
  "test/model/values/databaseForm.test.ts":
    "the tags that the provider is to leave alone are the same in every fork",
  "test/policies/samples.test.ts": "the pack takes the settings beside it, and is held to what they say",
  "test/stacks/restoredSecrets.test.ts":
    "the tags that the provider is to leave alone are the same in every fork",
  "test/tools/tests/run.test.ts": "runs test files of its own, and reads no setting",
};

describe("tests of a fork", () => {
  it("read the repository's own settings and manifests only where a reason is given", () => {
    assert.deepEqual(
      [...repositoryReads(repository, testFiles(repository))].sort(),
      Object.keys(allowed).sort(),
    );
  });

  const above = 'import { join } from "node:path";\nconst repository = join(__dirname, "../..");\n';
  for (const [what, text] of Object.entries({
    "a path": `${above}readFileSync(join(repository, "Pulumi.yaml"));`,
    "a path by steps": 'readFileSync(path.resolve(__dirname, "..", "../services/orders.yaml"));',
    "a stack's file of any name": `${above}readFileSync(join(repository, \`Pulumi.prod.yaml\`));`,
    "the manifests": `${above}readdirSync(join(repository, "services"));`,
    "the root for a reader": `${above}loadPlan({ root: repository });`,
    "the root by itself": 'repositorySettings(join(__dirname, "../.."));',
    "the root by its short name": 'const root = join(__dirname, "..", "..");\nloadOrganisation({ root });',
    "a command run there": `${above}execFile("x", [], { cwd: repository });`,
    "the folder the tests run in": "loadPlan({ root: process.cwd() });",
    "a root of another file": 'import { root as top } from "./made";\nloadPlan({ root: top });',
    "a root handed on": 'import { root } from "./further";\nplatform(["check"], root);',
  })) {
    it(`are found where they read ${what}`, () => {
      const files = {
        "test/x/made.ts":
          'import { join } from "node:path";\nexport const root = join(__dirname, "../..");\n',
        "test/x/further.ts": 'export { root } from "./made";\n',
        "test/x/a.test.ts": text,
      };
      assert.deepEqual(repositoryReads(repository, files), ["test/x/a.test.ts"]);
    });
  }

  it("may read what no fork replaces, and their own copies", () => {
    const text = [
      above,
      'readFileSync(join(repository, "docs/state.md"));',
      'import { organisationRoot } from "../support/organisation";',
      "loadPlan({ root: organisationRoot });",
      'readFileSync(join(organisationRoot, "Pulumi.yaml"));',
    ].join("\n");
    assert.deepEqual(repositoryReads(repository, { "test/x/a.test.ts": text }), []);
  });
});
