import { accountInArn } from "../../../../model/aws/accountInArn";
import { isAccount } from "../../../../model/aws/textRules";
import type { StackDocuments } from "../../../../model/proof/registered/stack";
import { types } from "../../../../model/proof/registered/stack";
import type { CheckedStacks } from "../../check";
import { sameDocument } from "./sameDocument";
import { type ExportedResource, type ReadExport, record } from "./readExport";

export interface ExportedDocuments {
  readonly stacks: readonly StackDocuments[];
  /** Id of the organisation they were made for. */
  readonly organisation: string;
  /** What keeps them from being decided about. */
  readonly undecided: readonly string[];
}

/** An export as the evaluator takes it. Of one stack's file, the other stacks are taken as they are now. */
export function documentsOfExport(
  { stacks, isOneFile }: ReadExport,
  { plan, stacks: now }: CheckedStacks,
): ExportedDocuments {
  const undecided: string[] = [];
  const read = [...stacks].map(([stack, resources]): StackDocuments => {
    for (const resource of resources) undecided.push(...unreadable(stack, resource));
    const accounts = accountsIn(resources);
    const account = accounts.length === 0 ? now.find((one) => one.stack === stack)?.account : accounts[0];
    if (account === undefined || accounts.length > 1)
      undecided.push(`before: ${stack}: its account, which the ARNs in it do not tell`);
    return { stack, account: account ?? "", resources };
  });
  const others = isOneFile ? now.filter(({ stack }) => !stacks.has(stack)) : [];
  const { id } = plan.organisation;
  const named = organisationsIn(read);
  const [only] = named;
  if (named.length > 1 && !named.includes(id))
    undecided.push(`before: which of the organisations ${named.join(", ")} its accounts are in`);
  const organisation = named.includes(id) ? id : (only ?? id);
  return { stacks: [...read, ...others], organisation, undecided };
}

const readTypes: readonly string[] = Object.values(types);

/** Accounts of those resources that have a say. */
function accountsIn(resources: readonly ExportedResource[]): readonly string[] {
  const arns = resources
    .filter(({ type }) => readTypes.includes(type))
    .map(({ outputs, inputs }) => outputs["arn"] ?? inputs["arn"])
    .filter((arn) => typeof arn === "string");
  return [...new Set(arns.map(accountInArn).filter(isAccount))];
}

function organisationsIn(stacks: readonly StackDocuments[]): readonly string[] {
  const found = new Set<string>();
  for (const { resources } of stacks) {
    for (const { type, inputs, outputs } of resources) {
      if (!readTypes.includes(type)) continue;
      const policy = outputs["policy"] ?? inputs["policy"];
      for (const [, id = ""] of typeof policy === "string" ? policy.matchAll(/"(o-[a-z0-9]{10,32})"/g) : [])
        found.add(id);
    }
  }
  return [...found].sort();
}

/**
 * Marks of values that a state keeps encrypted, or did not know.
 * https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go
 * https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/runtime/rpc.ts
 */
const marks = ["4dabf18193072939515e22adb298388d", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"];

/** Properties that hold the values themselves, in which documents are not looked for. */
const values = new Set(["value", "insecureValue", "secretString", "secretBinary"]);

function unreadable(stack: string, { urn, type, inputs, outputs }: ExportedResource): readonly string[] {
  if (!readTypes.includes(type)) return [];
  const what = `before: ${stack}: ${type} ${urn.split("::").at(-1) ?? ""}`;
  const hidden = [...Object.entries(inputs), ...Object.entries(outputs)]
    .filter(([name, value]) => !values.has(name) && isMarked(value))
    .map(([name]) => name);
  const differs =
    typeof inputs["policy"] === "string" &&
    typeof outputs["policy"] === "string" &&
    !sameDocument(inputs["policy"], outputs["policy"]);
  return [
    ...[...new Set(hidden)].map((name) => `${what}, whose ${name} the state keeps secret, or did not know`),
    ...(differs ? [`${what}, whose policy is another in its inputs than in its outputs`] : []),
  ];
}

function isMarked(value: unknown): boolean {
  if (typeof value === "string") return value === marks[1];
  if (Array.isArray(value)) return value.some(isMarked);
  const entries = Object.entries(record(value));
  return entries.some(([key, inner]) => key === marks[0] || isMarked(inner));
}
