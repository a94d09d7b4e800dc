import { SecureParameter } from "../../components/account/secureParameter";
import type { ValuesProvider } from "../../components/values/valuesProvider";
import type { ParameterPlan, Plan } from "../../model/plan/types";
import type { Keys } from "./environmentKeys";
import { serviceTags } from "./tags";

/** SecureStrings of one account: they expire or remind by themselves, and are shared with other accounts that read them. */
export function expiringParameters(
  plan: Plan,
  planned: readonly ParameterPlan[],
  keys: Keys,
  values: ValuesProvider,
): void {
  for (const parameter of planned) {
    const { key, expires } = parameter;
    if (key === undefined || expires === undefined) continue;
    new SecureParameter(
      parameter.name,
      {
        parameterName: parameter.name,
        description: parameter.description,
        keyArn: keys.arn(key, plan.organisation.region),
        expires,
        readerAccounts: [...new Set(parameter.readers.map(({ account }) => account))].filter(
          (account) => account !== parameter.account,
        ),
        tags: serviceTags(parameter),
      },
      { protect: parameter.protected, providers: [values] },
    );
  }
}
