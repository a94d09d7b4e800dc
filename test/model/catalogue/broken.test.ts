import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadCatalogue } from "../../../model/catalogue/load";
import { formatProblem, type Problem } from "../../../model/yaml/problem";
import { root, surroundings } from "./support";

const folder = join(__dirname, "broken");
const cases = readdirSync(folder).sort();

/**
 * Each folder of `broken/` is a folder of manifests and `expected.txt`: every problem in order, one a line, as it is
 * printed, without the folder and with `…` for what is allowed.
 */
describe("broken manifests", () => {
  it("are at least 60", () => assert.ok(cases.length >= 60, `${cases.length} cases`));

  for (const name of cases) {
    it(name, () => {
      const directory = join(folder, name);
      const { catalogue, problems } = loadCatalogue({ ...surroundings, root, servicesDirectory: directory });
      const expected = readFileSync(join(directory, "expected.txt"), "utf8").trim().split("\n");
      assert.equal(catalogue, undefined);
      assert.deepEqual(
        problems.map((problem) => withoutAllowed(problem, name)),
        expected,
      );
      problems.forEach(assertComplete);
    });
  }
});

describe("a consumer that does not say its kind", () => {
  it("is told that `kind` is one of its keys", () => {
    const servicesDirectory = join(folder, "consumer-type-for-kind");
    const { problems } = loadCatalogue({ ...surroundings, root, servicesDirectory });
    assert.match(problems.at(-1)?.allowed ?? "", /a consumer is a map with the keys kind, /);
  });
});

describe("what `environment` names and is not there", () => {
  it("may have been meant as plain text, which has a key of its own", () => {
    const servicesDirectory = join(folder, "ecs-not-offered");
    const { problems } = loadCatalogue({ ...surroundings, root, servicesDirectory });
    assert.match(problems.at(-1)?.allowed ?? "", /; plain text stands under `variables`$/);
  });
});

function withoutAllowed(problem: Problem, name: string): string {
  return formatProblem({ ...problem, allowed: "…" })
    .replaceAll(`test/model/catalogue/broken/${name}/`, "")
    .replace(`test/model/catalogue/broken/${name}:`, ".:");
}

function assertComplete(problem: Problem): void {
  const line = formatProblem(problem);
  for (const part of [problem.found, problem.allowed, problem.remedy]) {
    assert.ok(part.trim().length > 0, line);
    assert.doesNotMatch(
      part,
      /\.$|undefined|\[object|NaN|Invalid input|expected (?:string|object|record)|at .*\.ts:/,
      line,
    );
  }
}
