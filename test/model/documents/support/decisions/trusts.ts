import assert from "node:assert/strict";
import {
  breakGlassTrust,
  consumerTrust,
  eventsTrust,
  peopleTrust,
} from "../../../../../model/documents/trustPolicies";
import type { RolePlan } from "../../../../../model/plan/types";
import type { Caller } from "../evaluator";
import {
  type Call,
  type Context,
  type Decided,
  type DecidedDocuments,
  less,
  organisation,
  plan,
  prod,
  role,
  rule,
  service,
  stranger,
  there,
  withContext,
} from "./decided";

const consumerRole = (use: RolePlan["use"]) => {
  const found = plan.consumers
    .filter(({ environment }) => environment === "prod")
    .flatMap(({ role: own, executionRole }) => [own, ...(executionRole ? [executionRole] : [])])
    .find((one) => one.use === use);
  assert.ok(found, use);
  return found;
};
const assume = (who: string, caller: Caller, context: Context, but: NonNullable<Call["but"]>): Call => ({
  who,
  caller,
  action: "sts:AssumeRole",
  resource: "",
  context,
  but,
});
const task = { "aws:SourceAccount": prod, "aws:SourceArn": `arn:aws:ecs:eu-west-1:${prod}:task/any` };
const sso = (set: string, account: string = prod) =>
  role(account, `aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${set}_0123456789abcdef`);
const recent = { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "899" };
const ruleOfAccount = { "aws:SourceAccount": prod, "aws:SourceArn": rule("any") };
const ecsTrust = (use: "ecs-task" | "ecs-execution"): Decided => ({
  document: consumerTrust(consumerRole(use), there),
  calls: [
    assume("ECS for a task of the account", service("ecs-tasks"), task, {
      "for another account": withContext(task, { "aws:SourceAccount": stranger }),
      "for a task of another account": withContext(task, {
        "aws:SourceArn": `arn:aws:ecs:eu-west-1:${stranger}:task/any`,
      }),
      "another service": { caller: service("lambda") },
    }),
  ],
});

/** Who may take on a role. */
export const trusts: DecidedDocuments = {
  "an ECS task's role": ecsTrust("ecs-task"),
  "an ECS execution role": ecsTrust("ecs-execution"),
  "a build's role": (() => {
    const { service: owner, environment, consumer } = consumerRole("codebuild");
    const project = {
      "aws:SourceAccount": prod,
      "aws:SourceArn": `arn:aws:codebuild:eu-west-1:${prod}:project/${owner}-${environment}-${consumer}`,
    };
    return {
      document: consumerTrust(consumerRole("codebuild"), there),
      calls: [
        assume("CodeBuild for its project", service("codebuild"), project, {
          "for another account": withContext(project, { "aws:SourceAccount": stranger }),
          "for another project": withContext(project, { "aws:SourceArn": `${project["aws:SourceArn"]}-2` }),
        }),
      ],
    };
  })(),
  "a role of EventBridge": {
    document: eventsTrust(there),
    calls: [
      assume("a rule of the account", service("events"), ruleOfAccount, {
        "for another account": withContext(ruleOfAccount, { "aws:SourceAccount": stranger }),
        "a rule of another account": withContext(ruleOfAccount, { "aws:SourceArn": rule("any", stranger) }),
      }),
    ],
  },
  "the auditors' role": {
    document: peopleTrust(there, organisation.principals.auditors),
    calls: [
      assume(
        "an auditor",
        sso("Auditors"),
        {},
        {
          "a developer": { caller: sso("Developers") },
          "a writer": { caller: sso("SecretsWriters") },
          "an auditor of another account": { caller: sso("Auditors", stranger) },
          "the deployer": { caller: role(prod, "platform-deployer") },
        },
      ),
    ],
  },
  "break-glass by users of IAM": {
    document: breakGlassTrust(there, { ...organisation.principals.breakGlass, mfa: "iam" }),
    calls: [
      assume("one who has just shown a second factor", sso("BreakGlass"), recent, {
        "a developer": { caller: sso("Developers") },
        "without a second factor": withContext(recent, { "aws:MultiFactorAuthPresent": "false" }),
        "15 minutes after it": withContext(recent, { "aws:MultiFactorAuthAge": "900" }),
        "an hour after it": withContext(recent, { "aws:MultiFactorAuthAge": "3600" }),
        "with no word of when": less(recent, "aws:MultiFactorAuthAge"),
      }),
    ],
  },
};
