import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Base, mayWiden } from "../../../../cli/check/against/comparison";
import { exemptionsIn } from "../../../../cli/check/exemptions";
import { openBase } from "../../../../cli/check/against/openBase";
import type { CheckedStacks } from "../../../../cli/check/check";
import { UsageError } from "../../../../cli/usageError";
import { planOf } from "../../../model/plan/support/samples";
import { change, commit, edit, git, makeRepository, write } from "./support/repository";

describe("what `check --against` takes from a git reference", function () {
  this.timeout(120_000);
  let folder: string;
  let root: string;
  let first: string;

  /** `main` has the samples; the work tree has changed them. */
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "against-"));
    root = join(folder, "repository");
    first = makeRepository(root);
    change(root);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Nothing of what is built plays a part for a reference. */
  const now = (at = root): CheckedStacks => ({
    ...{
      plan: planOf(at),
      exemptions: [],
      stacks: [],
      findings: [],
      notes: [],
      rules: 0,
      access: { undecided: [] },
    },
  });
  const widened = async (base: Base, at = root) =>
    (await base.compare(now(at))).changes
      .filter(({ effect }) => effect === "widened")
      .map(({ about, text }) => `${about}: ${text}`);
  const expected = [
    "orders/prod: reports may read partner-token (SecureString)",
    "orders/staging: reports may read partner-token (SecureString)",
  ];

  const refused = async (named: string, message: RegExp, at = root, services?: string) => {
    await assert.rejects(
      async () => (await openBase(at, named, services)).compare(now()),
      (error: Error) => {
        assert.ok(error instanceof UsageError, error.stack);
        assert.match(error.message, message);
        return true;
      },
    );
  };

  it("is its manifests and settings, whatever names it", async () => {
    git(root, "tag", "light");
    git(root, "-c", "user.name=s", "-c", "user.email=s@example.com", "tag", "-a", "-m", "one", "annotated");
    git(root, "branch", "other/branch");
    for (const name of ["main", "HEAD", "light", "annotated", "other/branch", first, first.slice(0, 9)]) {
      const base = await openBase(root, name, undefined);
      assert.deepEqual(base.source, { reference: name, commit: first });
      assert.deepEqual(await widened(base), expected);
    }
  });

  it("says what was not decided, compares what the manifests grant, and takes a difference for widened", async () => {
    const base = await openBase(root, "main", undefined);
    const found = await base.compare({
      ...now(),
      access: { undecided: ["prod: a policy of another dialect"] },
    });
    assert.deepEqual(found.access, { undecided: ["prod: a policy of another dialect"] });
    assert.deepEqual(found.notCompared, ["who can read what: prod: a policy of another dialect"]);
    const neutral = found.changes.filter(({ effect }) => effect === "neutral");
    assert.deepEqual(
      [mayWiden(found), mayWiden({ ...found, changes: neutral }), mayWiden({ ...found, changes: [] })],
      [true, true, false],
    );
    const access = { opened: [], closed: [] };
    assert.equal(mayWiden({ ...found, changes: neutral, access }), false);
  });

  it("is nothing where nothing changed", async () => {
    const base = await openBase(root, "main", undefined);
    git(root, "stash", "--quiet");
    assert.deepEqual((await base.compare(now())).changes, []);
    git(root, "stash", "pop", "--quiet");
  });

  it("is the folder's, where the platform is one folder of a repository", async () => {
    const whole = join(folder, "whole");
    mkdirSync(whole);
    makeRepository(join(whole, "platform"));
    rmSync(join(whole, "platform/.git"), { recursive: true });
    write(whole, "Pulumi.yaml", "name: somebody-else\n");
    write(whole, "services/orders.yaml", "of: somebody else\n");
    git(whole, "init", "--quiet", "--initial-branch=main");
    commit(whole);
    change(join(whole, "platform"));
    const at = join(whole, "platform");
    assert.deepEqual(await widened(await openBase(at, "main", undefined), at), expected);
  });

  it("runs nothing, and leaves nothing behind", async () => {
    const evil = join(folder, "evil");
    makeRepository(evil);
    const trace = join(folder, "trace");
    for (const hook of ["post-checkout", "reference-transaction", "post-index-change"]) {
      write(evil, `.git/hooks/${hook}`, `#!/bin/sh\ntouch ${trace}\n`);
      chmodSync(join(evil, `.git/hooks/${hook}`), 0o755);
    }
    git(evil, "config", "filter.evil.smudge", `touch ${trace}`);
    git(evil, "config", "core.fsmonitor", `touch ${trace}`);
    write(evil, ".gitattributes", "* filter=evil\n");
    write(evil, "stacks/program.ts", `require("fs").writeFileSync(${JSON.stringify(trace)}, "")\n`);
    git(evil, "-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null", "add", "--all");
    const who = ["-c", "user.name=s", "-c", "user.email=s@example.com", "-c", "core.fsmonitor="];
    git(evil, ...who, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message=evil");
    rmSync(trace, { force: true });
    const worktrees = git(evil, "worktree", "list");
    change(evil);
    const base = await openBase(evil, "HEAD", undefined);
    assert.ok(!existsSync(trace), "something of the repository ran");
    assert.deepEqual(await widened(base, evil), expected);
    assert.equal(git(evil, "worktree", "list"), worktrees);
    assert.ok(!existsSync(join(evil, ".git/worktrees")));
  });

  it("is of this repository, whatever a hook's environment says", async () => {
    process.env["GIT_DIR"] = join(folder, "nowhere");
    try {
      assert.deepEqual(await widened(await openBase(root, "main", undefined)), expected);
    } finally {
      delete process.env["GIT_DIR"];
    }
  });

  it("is refused in words where the reference names nothing, or could be an option", async () => {
    await refused(
      "nothing",
      /^--against: there is no commit nothing here, and no export of that name: `git fetch/,
    );
    for (const name of ["-x", "--output=x", "--all", ""])
      await refused(
        name,
        /is no git reference, which is not empty and begins with no hyphen, and no export$/,
      );
    await refused("main:services", /there is no commit main:services here/);
    await refused("HEAD..main", /there is no commit/);
    await refused("a\u001b[2Jb", /there is no commit a\\u\{1b\}\[2Jb here/);
  });

  it("is refused where it is a path as well", async () => {
    mkdirSync(join(folder, "here"));
    write(folder, "here/main", "{}");
    const before = process.cwd();
    process.chdir(join(folder, "here"));
    try {
      await refused(
        "main",
        /main is a git reference and a path as well; write \.\/main for the path, or refs\/heads\/main/,
      );
      assert.deepEqual(await widened(await openBase(root, "refs/heads/main", undefined)), expected);
    } finally {
      process.chdir(before);
    }
  });

  it("says what to fetch in a shallow clone, and which branch of the server there is", async () => {
    const clone = join(folder, "shallow");
    const who = ["-c", "user.name=s", "-c", "user.email=s@example.com"];
    git(root, "tag", "aside", git(root, ...who, "commit-tree", "HEAD^{tree}", "-m", "aside").trim());
    git(folder, "clone", "--quiet", "--depth=1", `file://${root}`, clone);
    await refused(
      "aside",
      /^--against: there is no commit aside in this clone, which is shallow: `git fetch --depth=1 origin aside`, and name FETCH_HEAD, or/,
      clone,
    );
    git(clone, "switch", "--quiet", "--detach");
    git(clone, "branch", "--quiet", "--delete", "--force", "main");
    await refused("main", /^--against: there is no main here, but origin\/main: name that one$/, clone);
    assert.deepEqual(await widened(await openBase(clone, "origin/main", undefined)), expected);
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "aside");
    assert.deepEqual(await widened(await openBase(clone, "FETCH_HEAD", undefined)), expected);
  });

  it("says so where there is no commit, no repository, or no git", async () => {
    const unborn = join(folder, "unborn");
    mkdirSync(unborn);
    await refused("main", /main is no export of `check --export`, and this is no git repository/, unborn);
    git(unborn, "init", "--quiet");
    await refused("main", /^--against: this repository has no commit yet, so there is no main$/, unborn);
    const path = process.env["PATH"];
    process.env["PATH"] = unborn;
    try {
      await refused(
        "main",
        /^there is no git on this machine, and without it no reference can be compared with$/,
      );
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("is refused where it has no settings yet", async () => {
    const young = join(folder, "young");
    mkdirSync(young);
    git(young, "init", "--quiet", "--initial-branch=main");
    write(young, "README.md", "Soon\n");
    commit(young);
    await refused(
      "main",
      /^--against: main \([0-9a-f]{7}\) has no Pulumi\.yaml in this folder, so there is nothing/,
      young,
    );
  });

  it("has what the policy pack is told: exemptions and settings", async () => {
    const pack = join(folder, "pack");
    makeRepository(pack);
    const exemption = (until: string) =>
      `exemptions:\n  - { rule: key-admin-split, resource: "*::old-key", reason: Moves, owner: a@example.com, until: ${until} }\n`;
    write(pack, "policies/settings.yaml", "repository: ..\nboundaries: [one]\n");
    commit(pack);
    const base = await openBase(pack, "main", undefined);
    assert.deepEqual(await widened(base, pack), []);
    write(pack, "policies/settings.yaml", "repository: ..\nboundaries: [one, two]\n");
    const found = exemptionsIn(exemption("2026-12-31"));
    assert.deepEqual(found.problems, []);
    const { changes: after } = await base.compare({ ...now(pack), exemptions: found.exemptions });
    assert.deepEqual(
      after.map(({ effect, about, text }) => `${effect} ${about}: ${text}`),
      [
        "widened policies: *::old-key is exempt from key-admin-split",
        "widened policies: settings.yaml: boundaries gains two",
      ],
    );
  });

  it("may have no manifest yet: all is new", async () => {
    const base = join(folder, "base");
    makeRepository(base);
    git(base, "mv", "services", "later");
    commit(base);
    git(base, "mv", "later", "services");
    const { changes } = await (await openBase(base, "HEAD", undefined)).compare(now(base));
    assert.ok(changes.some(({ change: what, kind }) => what === "added" && kind === "secret"));
    assert.ok(!changes.some(({ change: what }) => what === "removed"));
  });

  it("tells what is wrong there, where it is", async () => {
    const wrong = join(folder, "wrong");
    makeRepository(wrong);
    edit(wrong, "services/orders.yaml", "owner: orders-team@example.com", "owner: nobody");
    write(wrong, "policies/exemptions.yaml", "exemptions: none\n");
    symlinkSync("/etc/hostname", join(wrong, "services/link.yaml"));
    commit(wrong);
    await refused(
      "main",
      /^--against: the manifests and settings of main \([0-9a-f]{7}\) are not what this program takes, so there is nothing to compare with:\n {2}main:services\/link\.yaml:1:1 it is a link; .*\n {2}main:services\/orders\.yaml:3:8 owner: found "nobody".*\n {2}main:policies\/exemptions\.yaml:1:1 exemptions: a list .*\ncompare with a later commit/,
      wrong,
    );
  });

  it("is refused where its manifests are a link or another repository's", async () => {
    for (const make of ["link", "submodule"]) {
      const at = join(folder, make);
      makeRepository(at);
      git(at, "mv", "services", "real");
      if (make === "link") symlinkSync("real", join(at, "services"));
      else {
        const inner = join(at, "services");
        mkdirSync(inner);
        git(inner, "init", "--quiet");
        write(inner, "orders.yaml", "service: orders\n");
        commit(inner);
      }
      commit(at);
      await refused("main", new RegExp(`main:services:1:1 it is a ${make}; `), at);
    }
  });

  it("takes the manifests of the folder that --services names, if it is the repository's", async () => {
    await refused("main", /--services names .*, which is no folder inside the repository/, root, tmpdir());
    const base = await openBase(root, "main", join(root, "services"));
    assert.deepEqual(await widened(base), expected);
  });
});
