import assert from "node:assert/strict";
import fc from "fast-check";
import * as prettier from "prettier";
import type { Comparison } from "../../../../cli/check/against/comparison";
import { fitting, mostCommentBytes } from "../../../../cli/check/against/fitting";
import { inlineCode } from "../../../../cli/check/against/inlineCode";
import type { CheckedStacks, CheckResult } from "../../../../cli/check/check";
import { markdownReport } from "../../../../cli/check/markdownReport";
import type { Change } from "../../../../model/changes/types";
import { samplePlan } from "../../../model/plan/support/samples";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** Prettier's own reader of GitHub's Markdown. */
async function nodesOf(markdown: string): Promise<readonly Node[]> {
  const { __debug } = prettier as unknown as {
    __debug: { parse: (text: string, options: object) => Promise<{ readonly ast: Node }> };
  };
  const { ast } = await __debug.parse(markdown, { parser: "markdown" });
  const flat = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(flat)];
  return flat(ast);
}

const textsOf = (nodes: readonly Node[], type: string) =>
  nodes.filter((node) => node.type === type).map(({ value }) => value ?? "");

const plan = samplePlan();
const checked = (more: Partial<CheckedStacks> = {}): CheckedStacks => ({
  ...{ plan, stacks: [], findings: [], exemptions: [], notes: [], rules: 71, access: { undecided: [] } },
  ...more,
});

const change = (more: Partial<Change> = {}): Change => ({
  effect: "widened",
  change: "added",
  kind: "grant",
  stack: "prod",
  about: "orders/prod",
  name: "orders-prod-api billing/prod/token",
  text: "api may read billing/token (secret)",
  ...more,
});

const comparison = (changes: readonly Change[], more: Partial<Comparison> = {}): Comparison => ({
  base: { reference: "main", commit: "4f2c1e9aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
  changes,
  access: { opened: [], closed: [] },
  toSet: [],
  toRetire: [],
  notCompared: [],
  ...more,
});

/** What somebody would write who wants to be more than text. */
const hostile = [
  "@somebody",
  "#1",
  "</code></td></table><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[a](javascript:alert(1))",
  "![a](https://example.com/x.png)",
  "https://example.com www.example.com somebody@example.com",
  "a | b",
  "\\| \\",
  "`code` ``more`` ```all```",
  "```\n# heading\n```",
  "</details>",
  "| a |\n| - |",
  "**bold** _it_ ~~no~~ $x$",
  "a\r\n\r\n# heading",
  "\u2028# heading\u202e",
  "&#64;somebody &lt;b&gt;",
  "<!-- ",
  "- [ ] item",
  "[^1]: note",
];
const evil = fc.oneof(
  fc.array(fc.constantFrom(...hostile), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(" ")),
  fc
    .array(fc.constantFrom(..."`|\\<>@#[]()!*_~&$:\n \t-a\ud800é".split("")), { maxLength: 30 })
    .map((parts) => parts.join("")),
  fc.string({ unit: "grapheme" }),
);

describe("the report as a comment of a pull request", function () {
  this.timeout(240_000);

  it("has what a reviewer must see first", async () => {
    const changes = [
      change(),
      change({ about: "orders/staging", stack: "staging" }),
      change({ effect: "narrowed", change: "removed", text: "worker may read level (String)" }),
      change({ effect: "neutral", kind: "secret", text: "secret partner-key" }),
    ];
    const toSet = [
      {
        stack: "security",
        name: "orders/prod/partner-key",
        item: "orders/prod/partner-key",
        why: "new" as const,
      },
    ];
    const toRetire = [{ stack: "security", name: "orders/prod/old" }];
    const text = markdownReport(checked(), comparison(changes, { toSet, toRetire }), true);
    const order = [
      "### 71 policies, nothing refused, 0 accounts built without a cloud",
      "#### Against `main` (`4f2c1e9`): 2 widened, 1 narrowed, 1 other change",
      "**--fail-on widened refuses this: 2 widened**",
      "| `+` | `orders/prod`, `orders/staging` | `api may read billing/token (secret)` |",
      "| `security` | `orders/prod/old` |",
      "npx platform set orders/prod/partner-key  # holds no value yet",
      "| `-` | `orders/prod` | `worker may read level (String)` |",
      "<details><summary>Neither (1)</summary>",
      "| `+` | `orders/prod` | `secret partner-key` |",
      "</details>",
    ].map((part) => [part, text.indexOf(part)] as const);
    for (const [part, at] of order) assert.ok(at >= 0, `${part} in ${text}`);
    assert.deepEqual(
      order.map(([, at]) => at),
      order.map(([, at]) => at).sort((one, other) => one - other),
    );
    const nodes = await nodesOf(text);
    assert.equal(nodes.filter(({ type }) => type === "table").length, 4);
    assert.equal(textsOf(nodes, "code").length, 1);
  });

  it("says what is wrong with files, and what policies find", () => {
    const problem = {
      ...{ file: "services/orders.yaml", line: 3, column: 8, path: "owner" },
      ...{ found: "found `x`", allowed: "an address", remedy: "change it" },
    };
    assert.equal(
      markdownReport({ errors: [problem] }),
      "### 1 error; nothing was built\n\n- ``services/orders.yaml:3:8 owner: found `x`; an address; change it``\n",
    );
    const urn = "urn:pulumi:prod::secrets-platform::aws:kms/key:Key::key";
    const finding = { stack: "prod", urn, policy: "kms-1", level: "mandatory" as const, message: "no | yes" };
    const text = markdownReport(checked({ findings: [finding] }));
    assert.ok(text.includes("| refused | `prod`: `key` | `kms-1`: `no \\u{7c} yes` |"), text);
  });

  it("takes whatever others wrote for text: no markup, HTML, link, or name that is told", async () => {
    await fc.assert(
      fc.asyncProperty(evil, evil, evil, async (about, text, other) => {
        const changes = [
          change({ about, text }),
          change({ effect: "neutral", text: other, about: text }),
          change({ effect: "narrowed", text: other, about }),
        ];
        const toSet = [{ stack: text, name: other, item: about, why: "login" as const }];
        const compared = comparison(changes, {
          base: { reference: other, commit: "4f2c1e9" },
          toSet,
          toRetire: [{ stack: about, name: text }],
          notCompared: [other],
        });
        const position = { file: text, line: 1, column: 1 };
        const result = checked({ notes: [{ ...position, note: other }] });
        const nodes = await nodesOf(markdownReport(result, compared));
        const types = new Set(nodes.map(({ type }) => type));
        for (const type of [
          "link",
          "image",
          "linkReference",
          "imageReference",
          "definition",
          "footnoteDefinition",
          "break",
          "thematicBreak",
          "delete",
          "emphasis",
        ])
          assert.ok(!types.has(type), `${type} from ${JSON.stringify([about, text, other])}`);
        assert.deepEqual(
          new Set(textsOf(nodes, "html")),
          new Set([
            "<details><summary>Neither (1)</summary>",
            "</details>",
            "<details><summary>1 note, refusing nothing</summary>",
          ]),
        );
        assert.deepEqual(nodes.filter(({ type }) => type === "heading").length, 2);
        assert.deepEqual(
          nodes.filter(({ type }) => type === "tableRow").map(({ children }) => children?.length),
          [3, 3, 2, 2, 3, 3, 3, 3],
        );
        assert.equal(textsOf(nodes, "code").length, 1);
        // Of the words that are read as Markdown all are the program's own.
        for (const word of textsOf(nodes, "text").concat(textsOf(nodes, "sentence"), textsOf(nodes, "word")))
          assert.doesNotMatch(word, /[@#<>[\]|`\\$]/, word);
      }),
      { numRuns: 150 },
    );
  });

  it("keeps every text that shows, in a span of code", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: fc.constantFrom(..."`ab \\<@".split("")), maxLength: 20 }),
        async (text) => {
          const nodes = await nodesOf(`x ${inlineCode(text)} y`);
          if (text.trim() === "") assert.equal(inlineCode(text), "(empty)");
          else
            assert.deepEqual(
              textsOf(nodes, "inlineCode").map((each) => each.trim()),
              [text.trim()],
            );
        },
      ),
    );
    assert.ok(inlineCode("x".repeat(10_000)).length < 600);
  });

  it("holds what a comment holds, and says how much more there is", async () => {
    const many = (effect: Change["effect"]) =>
      Array.from({ length: 1_000 }, (_, at) =>
        change({ effect, text: `role ${at} é may read ${"x".repeat(40)}` }),
      );
    for (const changes of [many("widened"), [...many("widened"), ...many("narrowed"), ...many("neutral")]]) {
      const text = markdownReport(checked(), comparison(changes));
      assert.ok(Buffer.byteLength(text) <= mostCommentBytes, String(Buffer.byteLength(text)));
      const rows = (await nodesOf(text)).filter(({ type }) => type === "tableRow").length;
      const heads = (await nodesOf(text)).filter(({ type }) => type === "table").length;
      const [, leftOut] = /\n(\d+) more lines left out: /.exec(text) ?? [];
      assert.equal(rows - heads + Number(leftOut), changes.length);
      assert.equal(text.split("<details>").length, text.split("</details>").length);
    }
    assert.equal(fitting([{ open: "a", rows: ["b"], close: "c" }]).leftOut, 0);
  });

  it("says of a result that is whole that nothing was left out", () => {
    const result: CheckResult = checked();
    assert.doesNotMatch(markdownReport(result, comparison([change()])), /left out/);
  });
});
