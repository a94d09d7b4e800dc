import { RotationEvents, type RotationRoute } from "../../components/security/rotationEvents";
import { accountPlace } from "../../model/documents/accountHoldings";
import { rotationBusArn } from "../../model/documents/rolloutPolicies";
import { eventsTrust } from "../../model/documents/trustPolicies";
import type { SecurityStack } from "../../model/organisation/types";
import { platformFunctionNames } from "../../model/plan/names";
import { rolloutsIn } from "../../model/plan/rollouts";
import { rotationSucceeded } from "../../model/plan/rotationPattern";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "../account/tags";

/** Hands rotations on to the workload accounts that restart services after them; nothing where none does. */
export function rotationEvents(plan: Plan, { account, environments }: SecurityStack, tags: Tags): void {
  const place = accountPlace(plan.organisation, account);
  const routes = plan.environments
    .filter(({ name }) => environments.includes(name) && rolloutsIn(plan, name).length > 0)
    .map(({ name, workload }): RotationRoute => ({
      environment: name,
      eventPattern: rotationSucceeded(place, name),
      busArn: rotationBusArn(accountPlace(plan.organisation, workload.account)),
    }));
  if (routes.length === 0) return;
  new RotationEvents("rotation-events", {
    roleName: platformFunctionNames.rotationEvents,
    trust: eventsTrust(place),
    routes,
    tags,
  });
}
