import assert from "node:assert/strict";
import { organisationRoot } from "../support/organisation";
import { approvedFiles } from "./support/approvedFiles";
import { differences } from "./support/differences";
import { type ExportedStack, exportsOf } from "./support/exportsOf";
import { approvedFolder, readApproved } from "./support/files";
import { normalise } from "./support/normalise";

/** Differences that a failure shows at most; `git diff` shows all. */
const shown = 20;

describe("what the stacks of the tests' organisation are", function () {
  this.timeout(120_000);
  let stacks: readonly ExportedStack[];

  before(async () => {
    stacks = await exportsOf(organisationRoot);
  });

  it("is what was approved", async () => {
    const found = differences(readApproved(approvedFolder), await approvedFiles(organisationRoot, stacks));
    const rest = found.length - shown;
    assert.ok(
      found.length === 0,
      [
        `${found.length} entries of test/approved are not as approved:`,
        ...found.slice(0, shown).map((difference) => `  ${difference}`),
        ...(rest > 0 ? [`  and ${rest} more`] : []),
        "Where all of it is meant, run `npm run approve`, and commit what it writes with the change.",
      ].join("\n"),
    );
  });

  it("shows as one entry where one thing changes, whatever it is", () => {
    const before = normalise(stacks);
    const [first, ...others] = stacks;
    const { resources } = first!;
    for (const [what, changed] of [
      ["an input", { inputs: { ...resources.at(-1)!.inputs, added: true } }],
      ["an output", { outputs: { ...resources.at(-1)!.outputs, added: "later" } }],
      ["its protection", { protect: true }],
      ["what it waits for", { dependencies: [resources[0]!.urn] }],
      ["where a property comes from", { propertyDependencies: { added: [resources[0]!.urn] } }],
    ] as const) {
      const last = { ...resources.at(-1)!, ...changed };
      const after = normalise([{ ...first!, resources: [...resources.slice(0, -1), last] }, ...others]);
      assert.equal(differences(before, after).length, 1, what);
    }
    const without = normalise([{ ...first!, resources: resources.slice(0, -1) }, ...others]);
    const [gone = "", ...more] = differences(before, without);
    assert.ok(/\n {4}- /.test(gone) && !/\n {4}\+ /.test(gone) && more.length === 0, gone);
  });

  it("is the same in whatever order it is registered", () => {
    const turned = stacks.map(({ stack, resources }) => ({ stack, resources: [...resources].reverse() }));
    assert.deepEqual(normalise([...turned].reverse()), normalise(stacks));
  });

  it("holds each document once, in the file of its kind", () => {
    const files = normalise(stacks);
    const named = stacks.map(({ stack }) => `${stack}.json`);
    for (const file of named) assert.doesNotMatch(JSON.stringify(files.get(file)), /"Statement"/, file);
    assert.ok([...files.keys()].length > named.length);
  });
});
