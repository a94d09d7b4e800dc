import { logsFunction } from "../../../../policies/rules/logs/logs-function";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const role = "arn:aws:iam::333333333333:role/x";
const group = (name: string) => declare("logGroup", { name }, { name: "logs" });
const named = (name: string, more: object = {}) =>
  declare("function", { name, role, ...more }, { name: "function" });
const application = (parameters: object) =>
  declare(
    "application",
    { applicationId: "arn:x", capabilities: [], parameters: parameters as Record<string, string> },
    { name: "application" },
  );
const logs = group("/aws/lambda/orders");

testRule(logsFunction, {
  passes: {
    "the group that Lambda would make": [logs, named("orders")],
    "another that it is told": [
      group("/orders"),
      named("orders", { loggingConfig: { logFormat: "JSON", logGroup: "/orders" } }),
    ],
    "one that only this update names": [
      declare("logGroup", { name: later }, { name: "logs" }),
      declare(
        "function",
        { name: "orders", role, loggingConfig: { logFormat: "JSON", logGroup: later } },
        {
          name: "function",
          from: { loggingConfig: [declare("logGroup", { name: later }, { name: "logs" })] },
        },
      ),
    ],
    "a rotation application's": [
      group("/aws/lambda/rotation-prod"),
      application({ functionName: "rotation-prod" }),
    ],
    "an application that makes no function by name": application({ endpoint: "https://x" }),
  },
  fails: {
    "no group at all": {
      program: named("orders"),
      at: "name writes to /aws/lambda/orders, which this program does not make",
      on: "function",
    },
    "that of another function": {
      program: [logs, named("payments")],
      at: "name writes to /aws/lambda/payments",
      on: "function",
    },
    "another than it is told": {
      program: [logs, named("orders", { loggingConfig: { logFormat: "JSON", logGroup: "/orders" } })],
      at: "loggingConfig.logGroup writes to /orders",
      on: "function",
    },
    "a rotation application without one": {
      program: [logs, application({ functionName: "rotation-prod" })],
      at: "parameters.functionName writes to /aws/lambda/rotation-prod",
      on: "application",
    },
  },
  undecided: {
    "the function's name": { program: [logs, named(later)], at: "name is not known", on: "function" },
    "an application's parameters": {
      program: [
        logs,
        declare(
          "application",
          { applicationId: "arn:x", capabilities: [], parameters: later },
          { name: "application", from: { parameters: [logs] } },
        ),
      ],
      at: "parameters.functionName is not known",
      on: "application",
    },
    "a log group's name": {
      program: [
        declare("logGroup", { name: later }, { name: "logs", from: { name: [named("x")] } }),
        named("orders"),
      ],
      at: "name is not known",
      on: "function",
    },
  },
});
