import type { RegisteredResource } from "../../../../policies/pack/evaluate";
import { declare } from "../../support/program";

/** A metric filter on the group `trail`, unless it says another, with its alarm. */
export function watching(
  name: string,
  pattern: string,
  alarm: object = {},
  filter: object = {},
): RegisteredResource[] {
  return [
    declare(
      "metricFilter",
      {
        logGroupName: "trail",
        pattern,
        metricTransformation: { name, namespace: "Trail", value: "1" },
        ...filter,
      },
      { name: `${name}-filter` },
    ),
    declare(
      "metricAlarm",
      {
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        evaluationPeriods: 1,
        metricName: name,
        namespace: "Trail",
        threshold: 1,
        alarmActions: ["arn:aws:sns:eu-west-1:111111111111:notices"],
        ...alarm,
      },
      { name: `${name}-alarm` },
    ),
  ];
}
