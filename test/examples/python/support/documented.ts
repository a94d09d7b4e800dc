import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { accountPlace } from "../../../../model/documents/accountHoldings";
import { loadPlan } from "../../../../model/load";
import type { ConsumerPlan, Plan } from "../../../../model/plan/types";
import { referencesDocument } from "../../../../model/references/document";
import { plannedArn } from "../../../../model/references/reference";
import { formatProblem } from "../../../../model/yaml/problem";
import { type Subject, subjectOf } from "../../../../cli/refs/subject";
import { organisationRoot } from "../../../support/organisation";
import { examples, kinds } from "./examplesPython";

/** The part of a manifest that an example says it belongs to. */
interface Documented {
  readonly secrets?: Readonly<Record<string, object>>;
  readonly consumers: Readonly<Record<string, { readonly kind: string; readonly code?: string }>>;
}

/** Examples that say so, such as `ecs/injected.py`. */
export const documentedExamples = kinds.flatMap((kind) =>
  readdirSync(join(examples, kind))
    .filter((name) => name.endsWith(".py") && docstring(`${kind}/${name}`).includes("consumers:"))
    .map((name) => `${kind}/${name}`),
);

/** The lines of a manifest in an example's docstring: those that are indented. */
export function documented(example: string): Documented {
  const lines = docstring(example)
    .split("\n")
    .filter((line) => line.startsWith("    "));
  return parse(lines.join("\n")) as Documented;
}

/** The Plan of the tests' own organisation with that part in the manifest of its service. */
export function planWith(example: string): Plan {
  const { secrets, consumers } = documented(example);
  const service = example === "lambda/charge.py" ? "payments" : "orders";
  const folder = mkdtempSync(join(tmpdir(), "documented-"));
  try {
    cpSync(join(organisationRoot, "services"), folder, { recursive: true });
    const file = join(folder, `${service}.yaml`);
    const own = parse(readFileSync(file, "utf8")) as Partial<Documented>;
    writeFileSync(file, stringify({ ...own, secrets: { ...own.secrets, ...secrets }, consumers }));
    const { plan, problems } = loadPlan({ root: organisationRoot, servicesDirectory: folder });
    assert.deepEqual(problems.map(formatProblem), []);
    assert.ok(plan);
    return plan;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The example's consumer in production. */
export function consumerOf(plan: Plan, example: string): ConsumerPlan {
  const [name] = Object.keys(documented(example).consumers);
  const found = plan.consumers.find(
    ({ consumer, environment }) => consumer === name && environment === "prod",
  );
  assert.ok(found, `no consumer ${name}`);
  return found;
}

/** What `platform refs` has to print of it, offline. */
export function referencesOf(example: string): Subject {
  const plan = planWith(example);
  const consumer = consumerOf(plan, example);
  return subjectOf(
    consumer,
    referencesDocument(consumer, plannedArn),
    accountPlace(plan.organisation, consumer.account),
  );
}

function docstring(example: string): string {
  const [, text = ""] = /^"""([\s\S]*?)"""/.exec(readFileSync(join(examples, example), "utf8")) ?? [];
  return text;
}
