import { formats } from "../../../cli/refs/formats";
import type { FormatName } from "../../../cli/refs/flags";
import { subjectOf } from "../../../cli/refs/subject";
import { accountPlace } from "../../../model/documents/accountHoldings";
import { loadPlan } from "../../../model/load";
import { referencesDocument } from "../../../model/references/document";
import { plannedArn } from "../../../model/references/reference";
import { organisationRoot } from "../../support/organisation";

/** What `platform refs CONSUMER --format FORMAT --deployed` prints, where AWS put `AbCdEf` behind each secret's name. */
export function printedFor(named: string, format: FormatName): string {
  const { plan } = loadPlan({ root: organisationRoot });
  const consumer = plan?.consumers.find(
    ({ service, environment, consumer: name }) => `${service}/${environment}/${name}` === named,
  );
  if (plan === undefined || consumer === undefined) throw new Error(`no consumer is ${named}`);
  const document = referencesDocument(consumer, (item) => plannedArn(item).replace("??????", "AbCdEf"));
  return formats[format].print(
    subjectOf(consumer, document, accountPlace(plan.organisation, consumer.account)),
  );
}
