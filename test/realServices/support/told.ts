import type { Described, DescribedConsumer, DescribedVariable } from "../../../cli/describe/described";
import type { DescribedItem } from "../../../cli/describe/item";
import type { Plan, SecretPlan } from "../../../model/plan/types";
import { defaultForm } from "../../../model/values/generatedForm";
import type { ContainerTable, Source } from "./table";

/** What `platform describe` says of one container: where each variable and file comes from. */
export interface Told {
  readonly variables: Readonly<Record<string, Source>>;
  readonly files: Readonly<Record<string, Source>>;
}

/** @param container one beside the main one @default the main one */
export function told(
  plan: Plan,
  described: Described,
  consumer: DescribedConsumer,
  container?: string,
): Told {
  const texts = container === undefined ? consumer.plain : (consumer.plainBeside[container] ?? {});
  const own = consumer.variables.filter((one) => one.container === container);
  const sources = (all: readonly DescribedVariable[], name: (one: DescribedVariable) => string) =>
    all.map((one) => [name(one), sourceOf(plan, described, one)] as const);
  return {
    variables: Object.fromEntries([
      ...sources(
        own.filter(({ file }) => file === undefined),
        ({ variable }) => variable,
      ),
      ...Object.entries(texts).map(([name, text]): [string, Source] => [name, { from: "plain text", text }]),
    ]),
    files: Object.fromEntries(
      sources(
        own.filter(({ file }) => file !== undefined),
        ({ file }) => file!,
      ),
    ),
  };
}

/** What a table says of the same container, in one environment. */
export function expected(table: ContainerTable, environment: string): Told {
  return { variables: inEnvironment(table.variables, environment), files: table.files ?? {} };
}

function inEnvironment(
  sources: Readonly<Record<string, Source>>,
  environment: string,
): Readonly<Record<string, Source>> {
  return Object.fromEntries(
    Object.entries(sources).map(([name, source]) => {
      if (source.from !== "plain text" || typeof source.text === "string") return [name, source];
      return [name, { from: "plain text", text: source.text[environment] ?? "" }];
    }),
  );
}

/** By what the item is, not by what the table hopes for. */
function sourceOf(plan: Plan, { service, items, toSet }: Described, variable: DescribedVariable): Source {
  const [owner = "", , name = ""] = variable.item.split("/");
  const item = owner === service ? name : `${owner}/${name}`;
  const of = items.find((one) => one.item === variable.item);
  if (variable.holds === "arn") throw new Error(`${variable.variable} holds an ARN, which no table has yet`);
  if (of?.kind === "String") return { from: "parameter of the manifest", item };
  const waits = toSet.some((one) => one.item === variable.item);
  if (of?.kind === "SecureString" && waits) return { from: "value set by hand", item };
  const secret = plan.secrets.find((one) => one.arnPattern === variable.arn);
  if (secret === undefined) throw new Error(`nothing is known of ${variable.item}`);
  return secretSource(secret, item, of, variable.field);
}

function secretSource(
  { shape, rotation }: SecretPlan,
  item: string,
  described: DescribedItem | undefined,
  field: string | undefined,
): Source {
  const rotates = rotation.rotator?.hosted === "platform" ? rotation.rotator.rotates : undefined;
  if (shape.form === "string" && rotates === "generated")
    return { from: "generated value", item, form: shape.generated ?? defaultForm };
  if (shape.form !== "database" || field === undefined || !described?.fields?.includes(field))
    throw new Error(`${item} has no ${field ?? "field that was named"}`);
  return { from: field === "url" ? "address" : "login", item, field };
}
