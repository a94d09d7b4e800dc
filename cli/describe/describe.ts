import type { OperationFlags } from "../operations/options";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { describedOf } from "./described";
import { select } from "./select";
import { textReport } from "./textReport";

/** From the manifests alone: nothing is asked of AWS, and nothing is built. */
export function describe(name: string, flags: Pick<OperationFlags, "services">): Promise<Outcome> {
  const plan = planOf(flags);
  const environments = select(plan, name).map((selected) => describedOf(plan, selected));
  return Promise.resolve({ text: textReport(environments), json: { environments } });
}
