import { readSchedule } from "../../../model/aws/schedules";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { isPresent, numberOf, objectOf, textOf, unknown } from "../../view/values";

export const secretRotationMax: Rule = {
  id: "secret-rotation-max",
  title: "A secret rotates often enough",
  why: "The longer a password lives, the longer a leaked one works",
  remedy: "Shorten the schedule of the rotation",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP SecretsManager.4", "Checkov CKV_AWS_304"],
  settings: ["maxRotationDays"],
  resource: {
    types: [types.secretRotation],
    *check({ props }, { maxRotationDays }): Iterable<Finding> {
      if (props["rotationRules"] === unknown) {
        yield undecided("rotationRules");
        return;
      }
      const rules = objectOf(props["rotationRules"]);
      const { automaticallyAfterDays, scheduleExpression } = rules;
      if (automaticallyAfterDays === unknown) yield undecided("rotationRules.automaticallyAfterDays");
      if (scheduleExpression === unknown) yield undecided("rotationRules.scheduleExpression");
      const days = numberOf(automaticallyAfterDays);
      if (days !== undefined && days > maxRotationDays) {
        yield finding(
          "rotationRules.automaticallyAfterDays",
          `is ${days}; at most ${maxRotationDays} are allowed`,
        );
      }
      const schedule = textOf(scheduleExpression);
      if (schedule !== undefined && schedule !== "") yield* checkSchedule(schedule, maxRotationDays);
      if (!isPresent(automaticallyAfterDays) && !isPresent(scheduleExpression)) {
        yield finding("rotationRules", "gives no schedule, so nothing rotates the secret by itself");
      }
    },
  },
};

function* checkSchedule(schedule: string, maxRotationDays: number): Iterable<Finding> {
  const times = readSchedule(schedule);
  const property = "rotationRules.scheduleExpression";
  if ("found" in times) {
    yield finding(property, "is neither rate(…) nor cron(…) as Secrets Manager reads them");
    return;
  }
  const days = times.longest / 24;
  if (days === 0) yield finding(property, "never comes");
  else if (days > maxRotationDays) {
    yield finding(
      property,
      `leaves up to ${Math.ceil(days)} days between rotations; at most ${maxRotationDays} are allowed`,
    );
  }
}
