import fc from "fast-check";
import type { Catalogue, PerEnvironment, Secret } from "../../../../model/catalogue/types";
import { buildPlan } from "../../../../model/plan/build";
import type { Plan } from "../../../../model/plan/types";
import { manifestTexts } from "../../catalogue/arbitrary";
import { load } from "../../catalogue/support";
import { organisation } from "./organisations";

/**
 * Holds the plan of any valid manifests to `check`: in the sample organisation, with one security account or one for
 * each environment. A counterexample is shown as the manifests it came from.
 */
export function forAnyPlan(check: (plan: Plan, catalogue: Catalogue) => void, numRuns = 60): void {
  fc.assert(
    fc.property(manifestTexts(), fc.boolean(), (texts, sharded) => {
      const { catalogue: loaded } = load(texts);
      // That every generated manifest loads is the catalogue's own test.
      fc.pre(loaded !== undefined);
      const catalogue = sharded
        ? withRotatorsIn({ staging: "111111111111", prod: "444444444444" }, loaded)
        : loaded;
      const plan = buildPlan(catalogue, organisation({ sharded }));
      check(plan, catalogue);
    }),
    { numRuns, interruptAfterTimeLimit: 50_000 },
  );
}

/** A team's own rotation function lies in the security account of its environment. */
function withRotatorsIn(accounts: PerEnvironment<string>, { services }: Catalogue): Catalogue {
  const moved = (arns: PerEnvironment<string>): PerEnvironment<string> =>
    Object.fromEntries(
      Object.entries(arns).map(([environment, arn]) => [
        environment,
        arn.replace(/:\d{12}:/, `:${accounts[environment]}:`),
      ]),
    );
  const secret = (one: Secret): Secret =>
    one.rotation.method === "function"
      ? {
          ...one,
          rotation: { ...one.rotation, arn: moved(one.rotation.arn), role: moved(one.rotation.role) },
        }
      : one;
  return { services: services.map((service) => ({ ...service, secrets: service.secrets.map(secret) })) };
}
