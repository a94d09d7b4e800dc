import { trustStar } from "../../../../policies/rules/iam/trust-star";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, security } from "../../support/program";

const assume = { Action: "sts:AssumeRole" };
const role = (assumeRolePolicy: string) => declare("role", { assumeRolePolicy });

testRule(trustStar, {
  passes: {
    "a service": role(policy({ ...assume, Principal: { Service: "ecs-tasks.amazonaws.com" } })),
    "an account": role(policy({ ...assume, Principal: { AWS: security } })),
    "a deny to everybody": role(
      policy({ ...assume, Principal: { AWS: security } }, { ...assume, Effect: "Deny", Principal: "*" }),
    ),
  },
  fails: {
    everybody: {
      program: role(policy({ ...assume, Principal: "*" })),
      at: "assumeRolePolicy statement 1 allows every",
    },
    "everybody of AWS": {
      program: role(policy({ ...assume, Principal: { AWS: [security, "*"] } })),
      at: "assumeRolePolicy statement 1 allows every",
    },
    "every federated user": {
      program: role(policy({ Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: "*" } })),
      at: "assumeRolePolicy statement 1 allows every",
    },
  },
  undecided: {
    "the trust": { program: role(later), at: "assumeRolePolicy is not known" },
    "the principal": {
      program: role(document({ ...assume, Principal: { AWS: later } })),
      at: "assumeRolePolicy.Statement[0].Principal.AWS is not known",
    },
  },
});
