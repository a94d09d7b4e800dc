import { accountPlace } from "../../model/documents/accountHoldings";
import { plannedArn } from "../../model/references/reference";
import { referencesDocument } from "../../model/references/document";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { consumerNamed } from "./consumerNamed";
import { deployedDocument } from "./deployed";
import type { RefsFlags } from "./flags";
import { formats, refuseOther } from "./formats";
import { subjectOf } from "./subject";

/** From the manifests; with `--deployed` from what the consumer's stack published at its last update. */
export async function refs(name: string, flags: RefsFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const consumer = consumerNamed(plan, name);
  refuseOther(consumer, flags.format);
  const document =
    flags.deployed === true
      ? await deployedDocument(plan, consumer)
      : referencesDocument(consumer, plannedArn);
  const subject = subjectOf(consumer, document, accountPlace(plan.organisation, consumer.account));
  const text = formats[flags.format].print(subject);
  if (text.includes("??????")) process.stderr.write(placeholders(name));
  return { text: text.trimEnd(), json: {} };
}

function placeholders(name: string): string {
  return (
    "?????? stands for the six characters that Secrets Manager puts behind a secret's name; with credentials of the " +
    `workload account, npx platform refs ${name} --deployed has them\n`
  );
}
