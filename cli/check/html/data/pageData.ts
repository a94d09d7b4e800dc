import { placeOfNote } from "../../../../model/notes/note";
import { namedElsewhere } from "../../../../model/plan/namedElsewhere";
import { onOneLine } from "../../../../model/yaml/oneLine";
import type { CheckedStacks, StackFinding } from "../../check";
import type { Compared } from "../../textReport";
import { accessOf } from "./access";
import { accountsOf, servicesOf } from "./accounts";
import { calendarOf } from "./calendar";
import { changesOf } from "./changes";
import type { FindingData, PageData } from "./types";

/**
 * What the page says of a check that built: each text of others on one line, with characters that do not show written out,
 * and no value.
 * @param made when
 */
export function pageData(result: CheckedStacks, made: Date, compared?: Compared): PageData {
  const { plan, stacks, findings, notes, rules, access } = result;
  const { id, partition, region } = plan.organisation;
  const refused = findings.filter(({ level }) => level === "mandatory");
  const advice = findings.filter(({ level }) => level !== "mandatory");
  return shown({
    made: `${made.toISOString().slice(0, 16)}Z`,
    organisation: { id, partition, region },
    rules,
    accounts: accountsOf(plan, stacks),
    services: servicesOf(plan),
    access: accessOf(plan, access),
    calendar: calendarOf(plan),
    findings: [...refused, ...advice].map(finding),
    notes: notes.map((note) => ({ where: placeOfNote(note), note: note.note })),
    namedElsewhere: namedElsewhere(plan).map(({ service, environment, what, name }) => ({
      ...{ service, environment, what, name },
    })),
    ...(compared && { changes: changesOf(compared.comparison, compared.isRefused) }),
  });
}

function finding({ stack, policy, level, urn, message }: StackFinding): FindingData {
  return {
    level: level === "mandatory" ? "refused" : "advice",
    stack,
    resource: urn.split("::").slice(3).join("::"),
    policy,
    message,
  };
}

/** The same with every text on one line. */
function shown<T>(data: T): T {
  if (typeof data === "string") return onOneLine(data) as T;
  if (Array.isArray(data)) return data.map(shown) as T;
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, one]) => [key, shown(one as unknown)])) as T;
}
