import { taskRoles } from "../../../../policies/rules/ecs/task-roles";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const task = (more: object, from = {}) =>
  declare("taskDefinition", { family: "f", containerDefinitions: "[]", ...more }, { from });
const role = (name: string) => declare("role", { name, assumeRolePolicy: "{}" }, { name });
const [first, second] = [role("first"), role("second")];

testRule(taskRoles, {
  passes: {
    "two roles": task({ executionRoleArn: "arn:a", taskRoleArn: "arn:b" }),
    "two roles this update makes": [
      first,
      second,
      task(
        { executionRoleArn: later, taskRoleArn: later },
        { executionRoleArn: [first], taskRoleArn: [second] },
      ),
    ],
  },
  fails: {
    "no execution role": { program: task({ taskRoleArn: "arn:b" }), at: "executionRoleArn is missing" },
    "no role of its own": { program: task({ executionRoleArn: "arn:a" }), at: "taskRoleArn is missing" },
    "one role": {
      program: task({ executionRoleArn: "arn:a", taskRoleArn: "arn:a" }),
      at: "taskRoleArn is the execution role",
    },
    "one role this update makes": {
      program: [
        first,
        task(
          { executionRoleArn: later, taskRoleArn: later },
          { executionRoleArn: [first], taskRoleArn: [first] },
        ),
      ],
      at: "taskRoleArn is the execution role",
    },
  },
  undecided: {},
});
