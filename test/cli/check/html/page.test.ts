import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { pageData } from "../../../../cli/check/html/data/pageData";
import { page } from "../../../../cli/check/html/page";
import { script } from "../../../../cli/check/html/script";
import { plantedComparison } from "./support/hostile";
import { manyServices } from "./support/manyServices";

const made = new Date("2026-11-28T23:00:00Z");
const compared = { comparison: plantedComparison("main"), isRefused: true };
const text = page(pageData(manyServices(5), made, compared));

describe("the page of a check", () => {
  it("allows its own script and style by their hashes, and nothing else", () => {
    const hashed = (tag: string) => {
      const all = [...text.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))];
      assert.equal(all.length, 1, tag);
      return `'sha256-${createHash("sha256").update(all[0]![1]!).digest("base64")}'`;
    };
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
    assert.deepEqual(policy.replaceAll("&#39;", "'").split("; "), [
      "default-src 'none'",
      `style-src ${hashed("style")}`,
      `script-src ${hashed("script")}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    // A policy holds for what stands behind it.
    assert.ok(text.indexOf("Content-Security-Policy") < text.indexOf("<style>"));
  });

  it("names nothing that could be loaded, and has no code or style in attributes", () => {
    assert.doesNotMatch(text, /\bsrc=|\bsrcset=|url\((?!#arrow\))|@import|\son\w+=|\sstyle=|https?:/);
    const targets = [...text.matchAll(/\bhref="([^"]*)"/g)].map(([, target = ""]) => target);
    assert.ok(targets.length > 8);
    for (const target of targets) {
      assert.match(target, /^#[a-z-]+$/);
      assert.ok(text.includes(`id="${target.slice(1)}"`), target);
    }
  });

  it("has a script that can be read, and that makes nothing of texts but texts", () => {
    new Script(script);
    assert.doesNotMatch(
      script,
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|import/,
    );
  });

  it("names who could open values for himself, and counts no document for it", () => {
    const checked = manyServices(5);
    const { access } = checked;
    assert.ok(!("undecided" in access));
    const openers = [
      { policy: "policy of a <key>", statement: "More", actions: ["kms:CreateGrant"] },
      { policy: "policy of a <key>", statement: "Again", actions: ["kms:PutKeyPolicy"] },
    ];
    const opened = page(pageData({ ...checked, access: { ...access, openers } }, made));
    assert.match(opened, /2 findings: who can read what is not as manifests and settings say/);
    assert.match(opened, /policy of a &lt;key&gt;: More[^]*kms:CreateGrant[^]*Again[^]*kms:PutKeyPolicy/);
    assert.match(opened, /documents that hold by themselves<\/dt><dd>1</);
  });

  it("has ids once, and its parts in the order of what a reader asks first", () => {
    const ids = [...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    );
    assert.deepEqual(
      [...text.matchAll(/<section id="([^"]*)"/g)].map(([, id]) => id),
      ["findings", "changes", "access", "gates", "calendar", "accounts", "services"],
    );
  });

  it("says first what is wrong", () => {
    const many = manyServices(1);
    const outcome = (data: Parameters<typeof page>[0]) =>
      /<p class="outcome (\w+)">([^<]*)/.exec(page(data))?.slice(1);
    assert.equal(outcome(pageData(many, made))?.[0], "good");
    const finding = { stack: "prod", policy: "p", level: "mandatory" as const, urn: "", message: "m" };
    assert.deepEqual(outcome(pageData({ ...many, findings: [finding] }, made)), [
      "bad",
      "1 finding of policies refuse this.",
    ]);
    assert.equal(
      outcome(pageData({ ...many, findings: [{ ...finding, level: "advisory" }] }, made))?.[0],
      "good",
    );
    assert.deepEqual(outcome(pageData({ ...many, access: { undecided: ["a"] } }, made)), [
      "bad",
      "who can read what was not decided.",
    ]);
    assert.deepEqual(outcome(pageData(many, made, compared))?.[0], "bad");
    assert.deepEqual(outcome(pageData(many, made, { ...compared, isRefused: false }))?.[0], "good");
  });
});
