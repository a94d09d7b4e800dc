import type { Plan } from "../plan/types";
import { few, type Note } from "./note";
import { itemsOf } from "../plan/contents";

/** Names that belong to nobody, for documentation (RFC 2606, section 3). */
const exampleName = /(?:^|[@./])example\.(?:com|net|org)(?=$|[:/])/i;

/** Account numbers as examples have them: one digit throughout, and AWS's own. */
const exampleAccount = /^(?:(\d)\1{11}|123456789012)$/;

/** What came with this repository and was not replaced. One note for all, so that it is read. */
export function samples({ organisation, ...plan }: Plan): readonly Note[] {
  const accounts = [...new Set(organisation.stacks.map(({ account }) => account))];
  const examples = accounts.filter((account) => exampleAccount.test(account));
  const ofOrganisation = [
    ...(organisation.id === "o-exampleorgid" ? [organisation.id] : []),
    ...(examples.length > 0 ? [few(examples)] : []),
  ];
  const files = itemsOf(plan)
    .filter((item) => [item.owner, ...textsOf(item)].some((text) => exampleName.test(text)))
    .map(({ at }) => at.file);
  const ofManifests = [...new Set(files)].sort();
  const [first] = ofOrganisation.length > 0 ? ["Pulumi.yaml"] : ofManifests;
  if (first === undefined) return [];
  const manifests = ofManifests.length > 1 ? `${ofManifests.length} manifests` : ofManifests[0];
  const addresses = manifests === undefined ? [] : [`example.com in ${manifests}`];
  const left = [...ofOrganisation, ...addresses].join(", ");
  return [{ file: first, line: 1, column: 1, note: `samples are left in: ${left}` }];
}

/** Texts of an item that name a machine. */
function textsOf(
  item: Plan["secrets"][number] | Plan["managedSecrets"][number] | Plan["parameters"][number],
) {
  if (item.kind === "parameter") return item.value === undefined ? [] : [item.value];
  return item.kind === "secret" && item.shape.form === "database" ? [item.shape.database.host] : [];
}
