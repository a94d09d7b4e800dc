import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { platformProgram } from "../../cli/program";
import { repository } from "../model/plan/support/samples";

/** `.tools/` is made by the tests, and may not be there yet, or be a link to one that others made. */
const everything = [...placesUnder(""), ".tools/"];
const pages = everything.filter((place) => place.endsWith(".md") && !place.startsWith(".github/"));
const read = (page: string) => readFileSync(join(repository, page), "utf8");

/** Files and folders of the repository, folders with a slash at their end. */
function placesUnder(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true }).flatMap((entry) => {
    const place = folder + entry.name;
    if (!entry.isDirectory()) return [place];
    return ["node_modules", ".git", ".tools"].includes(entry.name)
      ? [`${place}/`]
      : [`${place}/`, ...placesUnder(`${place}/`)];
  });
}

/** Pages that say what stands where, for those who change the program. */
const maps = ["ARCHITECTURE.md", "CONTRIBUTING.md", ...pages.filter((page) => page.endsWith("/README.md"))];

/** Files and folders in backticks, but for those that stand for any: `SERVICE/ID.ts`, `services/*.yaml`. */
function placesIn(page: string): string[] {
  return (
    [...read(page).matchAll(/`([\w.-]+(?:\/[\w.-]*)*)`/g)]
      .map(([, place = ""]) => place)
      // What npm and the command make there.
      .filter((place) => !place.startsWith("node_modules/"))
      .filter(
        (place) =>
          /\/$|\.(ts|js|mjs|cjs|json|yaml|md)$/.test(place) &&
          !/[A-Z]{2}(?!ME\b|HITEC|NTRIB|ANGE|CURITY)/.test(place),
      )
  );
}

/** As GitHub makes it of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}

function anchorsOf(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));
}

describe("pages for people", () => {
  for (const page of pages) {
    it(`${page}: what it links to is there`, () => {
      for (const [, target = ""] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) continue;
        const [path = "", fragment] = target.split("#");
        const file = path === "" ? page : join(dirname(page), path);
        assert.ok(existsSync(join(repository, file)), `${page} links to ${target}`);
        if (fragment !== undefined)
          assert.ok(anchorsOf(file).includes(fragment), `${page} links to ${target}`);
      }
    });

    it(`${page}: no value comes out of a file that then stays`, () => {
      assert.doesNotMatch(read(page), /platform set .*[^<]<(?!<) *[\w./]/);
    });
  }

  for (const page of maps) {
    it(`${page}: what it says where is there`, () => {
      const missing = placesIn(page).filter(
        (place) => !everything.some((file) => `/${file}`.endsWith(`/${place.replace(/^(\.\.\/)+/, "")}`)),
      );
      assert.deepEqual(missing, []);
    });
  }

  it("README names every plugin that `pulumi install` downloads", () => {
    const text = read("README.md");
    const plugins = readdirSync(join(repository, "node_modules"))
      .flatMap((name) =>
        name.startsWith("@")
          ? readdirSync(join(repository, "node_modules", name)).map((inner) => `${name}/${inner}`)
          : [name],
      )
      .map((name) => join(repository, "node_modules", name, "package.json"))
      .filter((file) => existsSync(file))
      .map(
        (file) => JSON.parse(readFileSync(file, "utf8")) as { pulumi?: { resource?: boolean; name: string } },
      )
      .flatMap(({ pulumi }) => (pulumi?.resource === true ? [pulumi.name] : []));
    assert.deepEqual(plugins.sort(), ["aws", "awsx", "docker", "docker", "docker-build", "random"]);
    for (const plugin of plugins) assert.ok(text.includes(`\`${plugin}\``), plugin);
    assert.ok(text.includes("`docker` in two versions"));
  });

  it("operations.md says which command takes which flag", () => {
    // These change and ask nothing, and stand elsewhere: in README.md, docs/access.md, docs/references.md, and with the
    // organisation's policy.
    const commands = platformProgram().commands.filter(
      (command) =>
        !["access", "check", "describe", "explain", "organisation-policy", "refs"].includes(command.name()),
    );
    const names = commands.map((command) => command.name());
    const help = new Map(commands.map((command) => [command.name(), command.helpInformation()]));
    const taking = (flag: string) => names.filter((name) => help.get(name)?.includes(` ${flag} `) === true);
    assert.deepEqual(taking("--format"), names);
    assert.deepEqual(taking("--services"), names);
    assert.deepEqual(
      names.filter((name) => !taking("--stack").includes(name)),
      ["schema", "new", "audit"],
    );
    assert.deepEqual(taking("--dry-run"), ["new", "set", "rotate", "rollback", "unstick"]);
    const text = read("docs/operations.md").replace(/\s+/g, " ");
    for (const sentence of [
      "All take `--format json` and `--services FOLDER`.",
      "All but `schema`, `new` and `audit` take `--stack NAME`;",
      "`new`, `set`, `rotate`, `rollback` and `unstick` take `--dry-run`.",
    ]) {
      assert.ok(text.includes(sentence), sentence);
    }
  }).timeout(240_000);
});
