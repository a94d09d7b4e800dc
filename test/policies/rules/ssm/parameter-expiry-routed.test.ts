import { parameterExpiryRouted } from "../../../../policies/rules/ssm/parameter-expiry-routed";
import { testRule, type Program } from "../../support/cases";
import { declare, later } from "../../support/program";

const parameter = declare(
  "expiringParameter",
  {
    name: "/orders/prod/partner-token",
    description: "d",
    keyId: "k",
    expires: { never: true, remindDays: 30 },
  } as never,
  { name: "token" },
);
const notices = JSON.stringify({
  source: ["aws.ec2", "aws.ssm"],
  "detail-type": ["Parameter Store Policy Action"],
});
const routed = (eventPattern: string, more: object = {}, withTarget = true): Program => {
  const rule = declare("eventRule", { name: "notices", eventPattern, ...more });
  const target = declare("eventTarget", { rule: "notices", arn: "arn:aws:sns:::t" });
  return [parameter, rule, ...(withTarget ? [target] : [])];
};

testRule(parameterExpiryRouted, {
  passes: {
    "a rule with a target": routed(notices),
    "a rule for all of Parameter Store": routed(JSON.stringify({ source: ["aws.ssm"] })),
    "no expiring parameter": declare("parameter", { type: "String" }),
  },
  fails: {
    "no rule": { program: parameter, at: "no EventRule with a target", on: "token" },
    "a rule without a target": { program: routed(notices, {}, false), at: "no EventRule with a target" },
    "a rule for other events": {
      program: routed(JSON.stringify({ source: ["aws.ssm"], "detail-type": ["Parameter Store Change"] })),
      at: "no EventRule with a target",
    },
    "a rule for other services": {
      program: routed(JSON.stringify({ source: ["aws.ec2"] })),
      at: "no EventRule with a target",
    },
    "a rule that is off": {
      program: routed(notices, { state: "DISABLED" }),
      at: "no EventRule with a target",
    },
    "a rule that was turned off the old way": {
      program: routed(notices, { isEnabled: false }),
      at: "no EventRule with a target",
    },
  },
  undecided: {
    "what a rule takes": {
      program: [
        parameter,
        declare(
          "eventRule",
          { name: "notices", eventPattern: later },
          { from: { eventPattern: [parameter] } },
        ),
      ],
      at: "eventPattern of an EventRule",
    },
  },
});
