import type { PageData } from "../../../../../cli/check/html/data/types";
import type { CheckedStacks } from "../../../../../cli/check/check";
import type { Comparison } from "../../../../../cli/check/against/comparison";

/** What somebody writes who wants to be more than text; each leaves a trace in the page where it is. */
export const hostileTexts = [
  "<script>document.title='ran'</script>",
  "</script><script>document.title='ran'</script>",
  "<img src=x onerror=\"document.title='ran'\">",
  "<svg onload=document.title='ran'>",
  '"><b data-planted>bold</b>',
  "' onmouseover='document.title=1' data-planted='",
  "</style></title></noscript></template></svg></table><b data-planted>bold</b>",
  "<!--<script>",
  "]]><b data-planted>",
  "javascript:document.title='ran'",
  "<base href=https://example.com/><meta http-equiv=refresh content=0>",
  "&lt;b data-planted&gt; &#60;b data-planted&#62;",
  '<iframe srcdoc="<b data-planted>"></iframe><form action=https://example.com>',
  "\u202egnp.exe\u2028\u0000\u001b[31m",
  "\ud800 lone",
];

const plain = /^(?:arn|urn:pulumi)|^\d{12}$/;

/** Names by which parts of a check find each other, or that decide what is shown. */
const keysOfUse = new Set([
  ...["kind", "level", "effect", "change", "why", "use", "home", "type", "method", "hosted", "form"],
  ...["account", "environment", "environments", "service", "item", "name", "arn", "region", "stack"],
]);

/** The check with such a text planted into every text that is shown, but those that parts find each other by. */
export function planted(
  { plan, access, ...rest }: CheckedStacks,
  text: (number: number) => string,
): CheckedStacks {
  let number = 0;
  const change = (one: unknown, key = ""): unknown => {
    if (typeof one === "string")
      return keysOfUse.has(key) || plain.test(one) ? one : `${one}${text(number++)}`;
    if (Array.isArray(one)) return one.map((each) => change(each, key));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, each]) => [name, change(each, name)]));
  };
  const changed = change({ ...plan, rotators: [] }) as CheckedStacks["plan"];
  if ("undecided" in access) return { ...rest, plan: changed, access };
  const { gates, grants, unexpected } = access;
  return {
    ...rest,
    plan: changed,
    findings: [
      {
        ...{ stack: text(number++), policy: text(number++), level: "mandatory", message: text(number++) },
        urn: `urn:pulumi:prod::p::t::${text(number++)}`,
      },
      { stack: text(number++), policy: text(number++), level: "advisory", urn: "", message: text(number++) },
    ],
    notes: [{ file: text(number++), line: 1, column: 1, note: text(number++) }],
    access: {
      ...access,
      grants,
      gates: gates.map((one) => ({ ...one, name: `${one.name}${text(number++)}` })),
      unexpected: [
        ...unexpected,
        {
          ...{ principal: text(number++), item: text(number++), why: text(number++), remedy: text(number++) },
          ...{ expected: "refused", decision: "allowed" },
        },
        {
          ...{ principal: `a/${text(number++)}`, item: gates[0]!.item, why: text(number++), remedy: "" },
          ...{ expected: "allowed", decision: "refused" },
        },
      ],
    },
  };
}

/** The same in all that a page can say at all, names that manifests cannot have among it. */
export function plantedEverywhere(data: PageData, text: (number: number) => string): PageData {
  let number = 0;
  const fixed = new Set(["kind", "level", "what"]);
  const change = (one: unknown, key = ""): unknown => {
    if (typeof one === "string") return fixed.has(key) ? one : `${one}${text(number++)}`;
    if (Array.isArray(one)) return one.map((each) => change(each, key));
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, each]) => [name, change(each, name)]));
  };
  return change(data) as PageData;
}

export function plantedComparison(text: string): Comparison {
  const one = { kind: "grant", stack: text, about: text, name: text, text, change: "added" } as const;
  return {
    base: { reference: text, commit: text },
    changes: (["widened", "narrowed", "neutral"] as const).map((effect) => ({ effect, ...one })),
    access: { opened: [], closed: [] },
    toSet: [{ stack: text, name: text, item: text, why: "new" }],
    toRetire: [{ stack: text, name: text }],
    notCompared: [text],
  };
}
