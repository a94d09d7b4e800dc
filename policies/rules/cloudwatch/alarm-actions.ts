import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { booleanOf, listOf, unknown } from "../../view/values";

export const alarmActions: Rule = {
  id: "alarm-actions",
  title: "An alarm tells somebody",
  why: "An alarm without an action is a colour on a page nobody has open",
  remedy: "Give `alarmActions` a topic, and leave `actionsEnabled` on",
  severity: "medium",
  level: "mandatory",
  references: ["FSBP CloudWatch.15", "FSBP CloudWatch.17", "Checkov CKV_AWS_319"],
  resource: {
    types: [types.metricAlarm, types.compositeAlarm],
    *check({ props }): Iterable<Finding> {
      const { actionsEnabled, alarmActions: actions } = props;
      if (actionsEnabled === unknown) yield undecided("actionsEnabled");
      else if (booleanOf(actionsEnabled) === false) yield finding("actionsEnabled", "is off");
      // A list that is not known yet is given all the same.
      if (actions !== unknown && listOf(actions).length === 0) yield finding("alarmActions", "names nobody");
    },
  },
};
