import { rolesIn } from "../../iam/attachments";
import { finding, undecided, type Finding, type Rule, type StackFinding } from "../rule";
import { types } from "../../view/types";
import { isPresent, unknown } from "../../view/values";

const [execution, task] = ["executionRoleArn", "taskRoleArn"];

export const taskRoles: Rule = {
  id: "task-roles",
  title: "A task has an execution role and a role of its own",
  why: "With one role for both, the program in the container can fetch again whatever was meant for its start",
  remedy: "Give `executionRoleArn` and `taskRoleArn` two roles",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV_AWS_249"],
  resource: {
    types: [types.taskDefinition],
    *check({ props }): Iterable<Finding> {
      for (const property of [execution, task])
        if (!isPresent(props[property])) yield finding(property, "is missing");
    },
  },
  stack: {
    types: [types.taskDefinition],
    *check(stack): Iterable<StackFinding> {
      for (const definition of stack.ofType(types.taskDefinition)) {
        const { urn, props } = definition;
        const [first, second] = [execution, task].map(
          (property) => rolesIn(stack, definition, property)[0]?.urn ?? props[property],
        );
        if (first === unknown || second === unknown)
          yield { ...undecided(first === unknown ? execution : task), urn };
        else if (isPresent(first) && first === second) {
          yield { urn, property: task, message: "is the execution role" };
        }
      }
    },
  },
};
