import { parameterCmk } from "../../../../policies/rules/ssm/parameter-cmk";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const parameter = (type: string, keyId?: string) =>
  declare("parameter", {
    type,
    name: "/orders/prod/partner-token",
    value: "unset",
    ...(keyId ? { keyId } : {}),
  });

testRule(parameterCmk, {
  passes: {
    "a key of one's own": parameter("SecureString", "alias/prod/configuration"),
    "a key this update makes": parameter("SecureString", later),
    "a String": parameter("String"),
    "an unknown type with a key": parameter(later, "alias/prod/configuration"),
  },
  fails: {
    "no key": { program: parameter("SecureString"), at: "keyId is missing" },
    "an expiring one without a key": {
      program: declare("expiringParameter", { name: "/orders/prod/partner-token" } as never),
      at: "keyId is missing",
    },
    "AWS's key": {
      program: parameter("SecureString", "alias/aws/ssm"),
      at: "keyId names a key that AWS manages",
    },
  },
  undecided: { "the type": { program: parameter(later), at: "type is not known" } },
});
