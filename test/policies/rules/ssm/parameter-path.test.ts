import { parameterPath } from "../../../../policies/rules/ssm/parameter-path";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const parameter = (name?: string, tags: Record<string, string> = {}) =>
  declare("parameter", { type: "String", value: "info", tags, ...(name === undefined ? {} : { name }) });

testRule(parameterPath, {
  passes: {
    "in its path": parameter("/orders/prod/log-level", { service: "orders", environment: "prod" }),
    "without tags": parameter("/orders/prod/log-level"),
    "where a consumer's values are": parameter("/orders/prod/platform/api", {
      service: "orders",
      environment: "prod",
    }),
  },
  fails: {
    "no path": { program: parameter("log-level"), at: "name is outside" },
    "no slash in front": { program: parameter("orders/prod/log-level"), at: "name is outside" },
    "no environment": { program: parameter("/orders/log-level"), at: "name is outside" },
    deeper: { program: parameter("/orders/prod/api/log-level"), at: "name is outside" },
    "deeper below what the platform tells": {
      program: parameter("/orders/prod/platform/api/more"),
      at: "name is outside",
    },
    "another service's branch of it": {
      program: parameter("/orders/prod/platform/api", { service: "payments", environment: "prod" }),
      at: "name says service orders, and the tag says payments",
    },
    "a name that is made up": { program: parameter(), at: "name is outside" },
    "another service's": {
      program: parameter("/orders/prod/log-level", { service: "payments", environment: "prod" }),
      at: "name says service orders, and the tag says payments",
    },
    "another environment's": {
      program: parameter("/orders/prod/log-level", { service: "orders", environment: "staging" }),
      at: "name says environment prod, and the tag says staging",
    },
    "an expiring one": {
      program: declare("expiringParameter", { name: "token" } as never),
      at: "name is outside",
    },
  },
  undecided: { "the name": { program: parameter(later), at: "name is not known" } },
});
