import type { ConsumerPlan, Plan } from "../../model/plan/types";
import { select } from "../describe/select";
import { UsageError } from "../usageError";

/** @throws UsageError for anything but a consumer in one environment, with the nearest or those that there are */
export function consumerNamed(plan: Plan, name: string): ConsumerPlan {
  const selected = select(plan, name).flatMap(({ consumers }) => consumers);
  const [only, ...others] = selected;
  if (only !== undefined && others.length === 0 && name.replace(/^\//, "").split("/").length === 3)
    return only;
  const paths = selected.map(({ service, environment, consumer }) => `${service}/${environment}/${consumer}`);
  const found = paths.length === 0 ? "that is no consumer" : `there are ${paths.join(", ")}`;
  throw new UsageError(`a consumer is named SERVICE/ENVIRONMENT/CONSUMER; ${found}`);
}
