import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadCatalogue } from "../../../model/catalogue/load";
import { lines, orders, surroundings } from "./support";

describe("the files of manifests", () => {
  let root: string;
  const valid = orders("consumers: { api: { kind: lambda } }");

  beforeEach(() => {
    root = join(mkdtempSync(join(tmpdir(), "manifests-")), "repository");
    put("services/orders.yaml", valid);
  });
  afterEach(() => rmSync(dirname(root), { recursive: true }));

  function put(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const link = (path: string, to: string) => symlinkSync(to, join(root, path));
  /** What was found, by file. */
  function found(servicesDirectory?: string) {
    const loaded = loadCatalogue({
      ...surroundings,
      root,
      ...(servicesDirectory !== undefined && { servicesDirectory }),
    });
    assert.equal(loaded.catalogue === undefined, loaded.problems.length > 0);
    return loaded.problems.map((problem) => `${problem.file} ${problem.found}`);
  }

  const links: Readonly<Record<string, string>> = {
    "an endless device": "/dev/zero",
    "a file of the machine": "/etc/hostname",
    "a file of the repository": "orders.yaml",
    "a folder": ".",
  };
  for (const [title, to] of Object.entries(links)) {
    it(`are no links: to ${title}`, () => {
      link("services/x.yaml", to);
      assert.deepEqual(found(), ["services/x.yaml the file is a link"]);
    });
  }

  it("are no links that lead nowhere", () => {
    link("services/x.yaml", "nowhere.yaml");
    link("services/y.yaml", "y.yaml");
    assert.deepEqual(found(), [
      "services/x.yaml the file does not exist",
      "services/y.yaml the file is a link to itself",
    ]);
  });

  it("are regular files: no FIFO, socket or folder", async () => {
    execFileSync("mkfifo", [join(root, "services/pipe.yaml")]);
    mkdirSync(join(root, "services/folder.yaml"));
    put("services/folder.yaml/orders.yaml", valid);
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(root, "services/socket.yaml"), done));
    const seen = found();
    server.close();
    assert.deepEqual(seen, [
      "services/folder.yaml the file is a folder",
      "services/pipe.yaml the file is a FIFO",
      "services/socket.yaml the file is a socket",
    ]);
  });

  it("may have other names too, which nobody can know", () => {
    linkSync(join(root, "services/orders.yaml"), join(root, "same.yaml"));
    assert.deepEqual(found(), []);
  });

  it("are not read where they are large", () => {
    put("services/large.yaml", "");
    truncateSync(join(root, "services/large.yaml"), 8 * 2 ** 30);
    assert.deepEqual(found(), ["services/large.yaml the file has 8388608 KiB, more than 1024"]);
  });

  it("stand in one folder: one in a folder below is refused, other files there are not", () => {
    put("services/notes/readme.md", "about them");
    assert.deepEqual(found(), []);
    put("services/team/deeper/payments.yaml", valid);
    put("services/old/payments.yml", valid);
    const refused = "the folder holds YAML files, which are not read";
    assert.deepEqual(found(), [`services/old ${refused}`, `services/team ${refused}`]);
    link("services/more", "/");
    assert.ok(found().includes("services/more the file is a link to a folder, which is not read"));
  });

  it("stand in the repository, unless the caller names another folder", () => {
    const elsewhere = join(dirname(root), "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "orders.yaml"), valid);
    assert.deepEqual(found(elsewhere), []);
    rmSync(join(root, "services"), { recursive: true });
    link("services", elsewhere);
    assert.deepEqual(found(), ["services the folder is a link that leads out of the repository"]);
  });

  it("have names that end no line and steer no terminal", () => {
    for (const name of [
      "a\n::error::b.yaml",
      "c\u001b[31m.yml",
      "d##vso[task.complete].yaml",
      "e\u202elmay.yaml",
    ]) {
      put(`services/${name}`, "x: 1");
    }
    put("services/f\n::error::/orders.yaml", valid);
    const loaded = loadCatalogue({ ...surroundings, root });
    for (const line of lines(loaded)) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]|##\w*\[/u);
    const files = [...new Set(loaded.problems.map(({ file }) => file))];
    assert.deepEqual(files, [
      "services/a\\u{a}\\u{3a}\\u{3a}error\\u{3a}\\u{3a}b.yaml",
      "services/c\\u{1b}\\u{5b}31m.yml",
      "services/d\\u{23}\\u{23}vso\\u{5b}task.complete\\u{5d}.yaml",
      "services/e\\u{202e}lmay.yaml",
      "services/f\\u{a}\\u{3a}\\u{3a}error\\u{3a}\\u{3a}",
    ]);
  });
});
