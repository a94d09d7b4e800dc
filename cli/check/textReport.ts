import { createColors } from "picocolors";
import { type Note, placeOfNote } from "../../model/notes/note";
import { onOneLine } from "../../model/yaml/oneLine";
import { namedElsewhere } from "../../model/plan/namedElsewhere";
import type { Plan } from "../../model/plan/types";
import { isColoured } from "../colour";
import { textSection } from "./against/textSection";
import type { Comparison } from "./against/comparison";
import type { CheckedStacks, StackFinding } from "./check";
import { isAsMeant } from "./access";
import { accessReport } from "./accessReport";
import { accountTable } from "./accountTable";
import { count } from "../count";

/** What a state was compared with, and whether `--fail-on` refuses what came of it. */
export interface Compared {
  readonly comparison: Comparison;
  readonly isRefused: boolean;
}

/** The report for people: a table an account, findings, what changed, what to do next. In colour only on a terminal. */
export function textReport(
  result: CheckedStacks,
  seconds: number,
  colour = isColoured(),
  compared?: Compared,
): string {
  const colours = createColors(colour);
  const { plan, stacks, findings, notes, rules, access } = result;
  const services = new Set(
    [...plan.secrets, ...plan.parameters, ...plan.consumers].map(({ service }) => service),
  );
  const tables = stacks.flatMap(({ stack: name, resources }) => {
    const stack = plan.organisation.stacks.find((candidate) => candidate.name === name);
    return stack === undefined ? [] : [accountTable(plan, stack, resources.length, colours.bold)];
  });
  const refused = findings.filter(({ level }) => level === "mandatory");
  const advice = findings.filter(({ level }) => level === "advisory");
  const outcome =
    refused.length > 0
      ? colours.red(`${count(refused.length, "finding")} of ${rules} policies refuse this`)
      : colours.green(`${rules} policies, nothing refused`) +
        (advice.length > 0 ? `, ${count(advice.length, "advisory finding")}` : "");
  return [
    `${count(services.size, "service")}, ${count(stacks.length, "account")}, built in ${seconds.toFixed(1)} s without a cloud`,
    ...tables.flatMap((table) => ["", table]),
    "",
    outcome,
    ...[...refused, ...advice].map((reported) => finding(reported, colours)),
    ...accessReport(access, colours),
    ...noted(notes),
    ...review(plan),
    ...(compared ? ["", ...textSection(compared.comparison, compared.isRefused, colours)] : []),
    "",
    next(result, refused.length > 0 || !isAsMeant(access)),
    "",
  ].join("\n");
}

/** Lines of it at most; all of it is in the report for machines. */
const shownNames = 10;

/** What a reviewer has to know, since no rule can: a line for each thing, with its environments. */
function review(plan: Plan): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { service, environment, what, name } of namedElsewhere(plan)) {
    const line = `  ${service}: ${what} ${name}`;
    lines.set(line, [...new Set([...(lines.get(line) ?? []), environment])]);
  }
  if (lines.size === 0) return [];
  const rest = lines.size - shownNames;
  return [
    "",
    "Named by manifests and not made here; see that each is the service's own:",
    ...[...lines].slice(0, shownNames).map(([line, environments]) => `${line} (${environments.join(", ")})`),
    ...(rest > 0 ? [`  and ${rest} more; --format json lists them`] : []),
  ];
}

function finding(
  { stack, policy, level, urn, message }: StackFinding,
  colours: ReturnType<typeof createColors>,
): string {
  const mark = level === "mandatory" ? colours.red("refused") : colours.yellow("advice ");
  const name = urn.split("::").slice(3).join("::");
  return [
    `  ${mark} ${stack}: ${name === "" ? "the stack" : onOneLine(name)}`,
    // An exemption's reason is what somebody wrote.
    `          ${policy}: ${onOneLine(message)}`,
  ].join("\n");
}

function noted(notes: readonly Note[]): readonly string[] {
  if (notes.length === 0) return [];
  const lines = notes.map((note) => `  ${onOneLine(`${placeOfNote(note)} ${note.note}`)}`);
  return ["", `${count(notes.length, "note")}, refusing nothing`, ...lines];
}

function next({ stacks, plan }: CheckedStacks, refused: boolean): string {
  if (refused) return "Next: correct what is refused, then run this again.";
  const order = plan.organisation.stacks
    .map(({ name }) => name)
    .filter((name) => stacks.some(({ stack }) => stack === name));
  return [
    "Next, after the merge, in this order:",
    ...order.map((name) => `  pulumi up --stack ${name} --policy-pack policies`),
  ].join("\n");
}
