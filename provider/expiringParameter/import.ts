import { dayMilliseconds } from "../../model/aws/days";
import type { ObservedParameter } from "../../aws/parameter";
import { type ExpiryRule, observedPolicies } from "../../model/values/parameterPolicies";
import type { ParameterInputs } from "./inputs";

/** The inputs a program would have for a parameter that is being imported; tags come separately. */
export function importedInputs(name: string, observed: ObservedParameter): Omit<ParameterInputs, "tags"> {
  return {
    name,
    description: observed.description ?? "",
    keyId: observed.keyId ?? "",
    expires: importedExpiry(observed),
  };
}

/** A parameter without policies comes out as one whose reminder is still to be chosen. */
function importedExpiry({ policies, lastModified }: ObservedParameter): ExpiryRule {
  const { expiresAt, warnDays, remindDays } = observedPolicies(policies);
  if (expiresAt === undefined) return { never: true, remindDays: remindDays ?? 0 };
  const afterDays = Math.round((expiresAt - lastModified.getTime()) / dayMilliseconds);
  return { never: false, afterDays, warnDays: warnDays ?? 0 };
}
