import { PlainParameter } from "../../components/workload/plainParameter";
import type { ValuesProvider } from "../../components/values/valuesProvider";
import type { ParameterPlan, Plan } from "../../model/plan/types";
import type { Keys } from "../account/environmentKeys";
import { expiringParameters } from "../account/expiringParameters";
import { serviceTags } from "../account/tags";

/** Parameters whose home is the workload account: all plain ones, and SecureStrings that something injects. */
export function parameters(
  plan: Plan,
  planned: readonly ParameterPlan[],
  keys: Keys,
  values: ValuesProvider,
): void {
  for (const parameter of planned)
    if (parameter.value !== undefined) plainParameter(parameter, parameter.value);
  expiringParameters(plan, planned, keys, values);
}

function plainParameter(parameter: ParameterPlan, value: string): void {
  new PlainParameter(parameter.name, {
    name: parameter.name,
    type: parameter.type === "StringList" ? "StringList" : "String",
    value,
    tier: parameter.tier,
    description: parameter.description,
    tags: serviceTags(parameter),
  });
}
