import { loadPlan } from "../../model/load";
import type { Plan } from "../../model/plan/types";
import { InvalidInput } from "../../model/yaml/problem";
import { repositoryRoot } from "../repository";
import type { OperationFlags } from "./options";

/**
 * The Plan of the manifests as they are here now.
 * @throws InvalidInput with everything wrong in them
 */
export function planOf({ services }: Pick<OperationFlags, "services">): Plan {
  const { plan, problems } = loadPlan({
    root: repositoryRoot(),
    ...(services !== undefined && { servicesDirectory: services }),
  });
  if (plan === undefined) throw new InvalidInput(problems);
  return plan;
}
