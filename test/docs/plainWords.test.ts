import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repository } from "../model/plan/support/samples";

/** Rooms whose texts people read: messages, alarms, descriptions of what stands in AWS. */
const rooms = ["aws", "cli", "components", "functions", "model", "policies", "provider", "stacks", "tools"];

/** What few know who learnt English later, and what to say instead. */
const rareWords: readonly (readonly [RegExp, string])[] = [
  [/\banew\b/i, "again, or restart"],
  [/\bmend(?:s|ed|ing)?\b/i, "fix"],
  [/\b(?:hitherto|henceforth)\b/i, "until now, from now on"],
  [/\b(?:thereof|wherein|whereof)\b/i, "of it, in which"],
  [/\bwhilst\b/i, "while"],
  [/\b(?:lest|amiss|nought|heed(?:s|ed)?)\b/i, "so that not, wrong, nothing, follow"],
];

describe("the words of what people read", () => {
  it("are known to whoever learnt English later: pages", () => {
    const pages = [
      ...filesBelow("."),
      ...filesBelow("docs"),
      ...filesBelow("examples"),
      ...filesBelow("services"),
      ...filesBelow("functions"),
    ];
    const read = pages.filter((file) => /\.(md|json|mjs)$/.test(file) && file !== "package-lock.json");
    assert.ok(read.includes("README.md") && read.includes("docs/alarms.md"));
    assert.deepEqual(
      read.flatMap((file) => rareIn(file, readFileSync(join(repository, file), "utf8"))),
      [],
    );
  });

  for (const room of rooms) {
    it(`are known to whoever learnt English later: texts of ${room}/`, () => {
      const sources = readdirSync(join(repository, room), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => `${room}/${file}`);
      assert.ok(sources.length > 0);
      const found = sources.flatMap((file) => {
        const text = readFileSync(join(repository, file), "utf8");
        return textsOf(file, text).flatMap((one) => rareIn(file, one));
      });
      assert.deepEqual(found, []);
    });
  }

  it("are told from a program's text, whatever quotes it stands in", () => {
    const program = "const a = 'mend it'; const b = `made ${x} anew ${y} and mended`; // anew";
    const found = textsOf("one.ts", program).flatMap((text) => rareIn("one.ts", text));
    assert.deepEqual(found, [
      "one.ts: mend; say fix",
      "one.ts: anew; say again, or restart",
      "one.ts: mended; say fix",
    ]);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(join(repository, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => (folder === "." ? name : `${folder}/${name}`));
}

function rareIn(file: string, text: string): string[] {
  return rareWords.flatMap(([word, instead]) => {
    const found = word.exec(text);
    return found === null ? [] : [`${file}: ${found[0]}; say ${instead}`];
  });
}

/** Of literals and of the parts of templates; comments are left out. */
function textsOf(file: string, program: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, program, ts.ScriptTarget.Latest, true));
  return texts;
}
