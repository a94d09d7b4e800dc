import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { codeFiles, type FoundCode } from "../../../model/repository/codeFiles";

describe("the files of a function's code", () => {
  let root: string;
  let outside: string;

  beforeEach(() => {
    const home = mkdtempSync(join(tmpdir(), "code-"));
    [root, outside] = [join(home, "repository"), join(home, "outside")];
    put("code/index.mjs", "export const handler = () => {};");
    put("code/lib/values.mjs", "export {};");
    mkdirSync(outside);
    writeFileSync(join(outside, "credentials"), "canary");
  });
  afterEach(() => rmSync(dirname(root), { recursive: true }));

  function put(path: string, text = ""): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const link = (path: string, to: string) => symlinkSync(to, join(root, path));
  const git = (...args: string[]) => execFileSync("git", ["-C", root, ...args], { stdio: "ignore" });
  const found = (found: FoundCode) =>
    "problems" in found ? found.problems.map((problem) => problem.found) : [];
  const problems = (path = "code") => found(codeFiles(root, path));
  const code = (path = "code") => {
    const got = codeFiles(root, path);
    assert.ok("code" in got, found(got).join("\n"));
    return got.code;
  };

  it("are those of the folder, by their names in it", () => {
    assert.deepEqual(code(), {
      files: { "index.mjs": "code/index.mjs", "lib/values.mjs": "code/lib/values.mjs" },
    });
  });

  it("are found by links within the folder, to files and to folders", () => {
    link("code/main.mjs", "index.mjs");
    link("code/deps", "lib");
    assert.deepEqual(code(), {
      files: {
        "deps/values.mjs": "code/lib/values.mjs",
        "index.mjs": "code/index.mjs",
        "lib/values.mjs": "code/lib/values.mjs",
        "main.mjs": "code/index.mjs",
      },
    });
  });

  const leaving: Readonly<Record<string, () => void>> = {
    "absolute, to a file": () => link("code/lib/aws", join(outside, "credentials")),
    "relative, to a file": () => link("code/lib/aws", "../../../outside/credentials"),
    "to a folder": () => link("code/lib/aws", outside),
    "through another link": () => {
      link("code/one", join(outside, "credentials"));
      link("code/lib/aws", "../one");
    },
    "to the rest of the repository": () => {
      put("shared.mjs");
      link("code/lib/aws", "../../shared.mjs");
    },
    "through a folder's link": () => {
      link("code/away", outside);
      link("code/lib/aws", "../away/credentials");
    },
    "to a device": () => link("code/lib/aws", "/dev/zero"),
  };
  for (const [title, make] of Object.entries(leaving)) {
    it(`are refused with a link that leads out of the folder, ${title}`, () => {
      make();
      assert.ok(
        problems().includes("`lib/aws` is a link that leads out of the folder"),
        problems().join("\n"),
      );
    });
  }

  it("are refused with links that lead nowhere or in a circle", () => {
    link("code/gone", "nothing.mjs");
    link("code/self", "self");
    link("code/lib/up", "..");
    link("code/here", ".");
    assert.deepEqual(problems(), [
      "`gone` is a link to nothing",
      "`here` is a link to a folder it lies in",
      "`lib/up` is a link to a folder it lies in",
      "`self` is a link to nothing",
    ]);
  });

  it("are refused where links multiply folders without end", () => {
    for (let level = 0; level < 20; level++) {
      mkdirSync(join(root, `code/l${level}`));
      for (const name of ["a", "b"]) link(`code/l${level}/${name}`, `../l${level + 1}`);
    }
    put("code/l20/file.mjs");
    assert.match(problems().join("\n"), /it holds more than 20,000 files and folders/);
  }).timeout(120_000);

  it("are refused with FIFOs and sockets", async () => {
    execFileSync("mkfifo", [join(root, "code/lib/pipe")]);
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(root, "code/socket"), done));
    const seen = problems();
    server.close();
    assert.deepEqual(seen, ["`lib/pipe` is a FIFO", "`socket` is a socket"]);
  });

  it("are refused with what belongs to version control, by whatever way", () => {
    put("code/lib/.git/config");
    put("code/.GIT/config");
    put("code/sub/.git", "gitdir: elsewhere");
    put("code/.svn/entries");
    assert.deepEqual(problems(), [
      "`.GIT` belongs to version control",
      "`.svn` belongs to version control",
      "`lib/.git` belongs to version control",
      "`sub/.git` belongs to version control",
    ]);
    put(".git/config");
    link("history", ".git");
    for (const path of [".git", "history"]) {
      assert.deepEqual(problems(path), ["`.git` belongs to version control"]);
    }
  });

  it("are refused with what git ignores, unless it is tracked", () => {
    git("init");
    put(".gitignore", "node_modules\n*.local\n!kept.local\n");
    put("code/node_modules/left-pad/index.js");
    put("code/secrets.local");
    put("code/kept.local");
    put("code/lib/.gitignore", "/made.mjs\n");
    put("code/lib/made.mjs");
    put(".git/info/exclude", "code/mine.mjs\n");
    put("code/mine.mjs");
    assert.deepEqual(problems(), ["git ignores `lib/made.mjs`, and 3 more files"]);
    git("add", "--force", "code");
    assert.ok("files" in code());
  });

  it("are refused where the folder or archive itself is ignored", () => {
    git("init");
    put(".gitignore", "build/\n*.zip\n");
    put("build/index.mjs");
    put("api.zip");
    assert.deepEqual(problems("build"), ["git ignores `index.mjs`"]);
    assert.deepEqual(problems("api.zip"), ["git ignores `api.zip`"]);
    link("other", "build");
    assert.deepEqual(problems("other"), ["git ignores `index.mjs`"]);
  });

  it("are refused where git cannot tell what it ignores", () => {
    put(".git", "gitdir: nowhere");
    assert.deepEqual(problems(), ["what git ignores cannot be told: `git check-ignore` failed"]);
  });

  it("ask the repository they lie in, also from a hook of another", () => {
    git("init");
    put(".gitignore", "index.mjs\n");
    process.env["GIT_DIR"] = join(outside, "nothing");
    try {
      assert.deepEqual(problems(), ["git ignores `index.mjs`"]);
    } finally {
      delete process.env["GIT_DIR"];
    }
  });

  it("show nothing raw of the names of files", () => {
    put("code/a\u001b[31m.mjs");
    put("code/b\n::error::c.mjs");
    link("code/c\n::error::d.mjs", join(outside, "credentials"));
    assert.deepEqual(problems(), [
      "`a\\u{1b}\\u{5b}31m.mjs` has an invisible character in its name",
      "`b\\u{a}\\u{3a}\\u{3a}error\\u{3a}\\u{3a}c.mjs` has an invisible character in its name",
      "`c\\u{a}\\u{3a}\\u{3a}error\\u{3a}\\u{3a}d.mjs` has an invisible character in its name",
    ]);
  });

  it("are at most what Lambda takes", () => {
    put("code/large.bin");
    truncateSync(join(root, "code/large.bin"), 251 * 2 ** 20);
    assert.deepEqual(problems(), ["the files have 252 MiB"]);
    put("large.zip");
    truncateSync(join(root, "large.zip"), 51 * 2 ** 20);
    assert.deepEqual(problems("large.zip"), ["the archive has 51 MiB"]);
    mkdirSync(join(root, "empty"));
    assert.deepEqual(problems("empty"), ["the folder is empty"]);
  });

  it("are one archive where the path leads to one", () => {
    put("api.zip");
    linkSync(join(root, "api.zip"), join(root, "same.jar"));
    assert.deepEqual([code("api.zip"), code("same.jar")], [{ archive: "api.zip" }, { archive: "same.jar" }]);
    link("away.zip", join(outside, "credentials"));
    assert.deepEqual(problems("away.zip"), ["the path leads out of the repository"]);
    execFileSync("mkfifo", [join(root, "pipe.zip")]);
    assert.deepEqual(problems("pipe.zip"), ["the path leads to a FIFO"]);
  });

  it("lie inside the repository, by a path without steps back", () => {
    link("away", outside);
    for (const path of ["away", "../outside", "code/../../outside"]) {
      assert.deepEqual(problems(path), ["the path leads out of the repository"], path);
    }
    for (const path of ["code/../code", "./code", "code/."]) {
      assert.deepEqual(problems(path), ["the path has a step `.` or `..`"], path);
    }
  });
});
