import { count } from "../../../count";
import type { PageData } from "../data/types";
import { markup, type Markup } from "../markup";
import { folded, section, table } from "./tables";

/** Rows that refuse nothing are folded away past this many. */
const openRows = 20;

export function findings({ findings: found, rules, notes, namedElsewhere }: PageData): Markup {
  const [refused, advice] = (["refused", "advice"] as const).map((level) =>
    found.filter((one) => one.level === level),
  );
  const reported = (rows: PageData["findings"] = []) =>
    rows.map(
      ({ stack, resource, policy, message }) =>
        [stack, resource === "" ? "the stack" : resource, policy, message] as const,
    );
  const columns = ["Stack", "Resource", "Policy", "What"].map((title) => ({ title }));
  return section(
    "findings",
    "Findings and notes",
    found.length === 0
      ? markup`<p>${rules} policies looked at every resource, and found nothing.</p>`
      : undefined,
    table("Refused", columns, reported(refused)),
    table("Advice", columns, reported(advice)),
    long(
      notes.length,
      count(notes.length, "note"),
      table(
        "Notes, which refuse nothing",
        [{ title: "Where" }, { title: "Note" }],
        notes.map(({ where, note }) => [where, note]),
      ),
    ),
    long(
      namedElsewhere.length,
      count(namedElsewhere.length, "name"),
      table(
        "Named by manifests and not made here; see that each is the service's own",
        ["Service", "Environment", "What", "Name"].map((title) => ({ title })),
        namedElsewhere.map(({ service, environment, what, name }) => [service, environment, what, name]),
      ),
    ),
  );
}

function long(amount: number, summary: string, body: Markup | undefined): Markup | undefined {
  return body !== undefined && amount > openRows ? folded(summary, body, false) : body;
}
