import { manifestFields } from "../../model/catalogue/documentation/fields";
import type { Outcome } from "../operations/run";
import { find } from "./find";
import { textReport } from "./textReport";

/** From the schema that manifests are read by; asks nothing and reads no manifest. */
export function explain(key: string | undefined): Promise<Outcome> {
  const explained = find(manifestFields(), key ?? "");
  const { field, keys } = explained;
  const json = { ...field, keys: keys.map(({ path }) => path) };
  return Promise.resolve({ text: textReport(explained), json });
}
