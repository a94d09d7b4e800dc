import { alarmsSecrets } from "../../../../policies/rules/cloudwatch/alarms-secrets";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";
import { watching } from "./watching";

const reads = "($.eventName = GetSecretValue)";
const consumer = declare("role", { path: "/services/orders/", assumeRolePolicy: "{}" }, { name: "consumer" });
const reading = {
  address: watching("address", `{ ${reads} && ($.sourceIPAddress != "10.*") }`),
  role: watching("role", `{ ${reads} && ($.userIdentity.sessionContext.sessionIssuer.arn != "arn:x") }`),
  denied: watching("denied", `{ ${reads} && ($.errorCode = "AccessDenied*") }`),
  spike: [
    ...watching("spike", `{ ${reads} }`, { threshold: 100 }),
    ...watching("spike", `{ ${reads} }`).slice(1),
  ],
};
const secret = declare("secret", { name: "orders/prod/database" }, { name: "secret" });
const breakGlass = watching(
  "break-glass",
  '{ ($.eventName = AssumeRole) && ($.requestParameters.roleArn = "*break-glass*") }',
);
const rotation = watching("failures", "{ ($.eventName = RotationFailed) }");
const without = (left: keyof typeof reading) =>
  Object.entries(reading).flatMap(([name, resources]) => (name === left ? [] : resources));

testRule(alarmsSecrets, {
  passes: {
    "an account that reads": [consumer, ...Object.values(reading).flat()],
    "a band that CloudWatch learns": [
      consumer,
      ...without("spike"),
      ...watching("spike", `{ ${reads} }`, {
        thresholdMetricId: "band",
        metricQueries: [
          { id: "m", metric: { metricName: "spike", namespace: "Trail", period: 300, stat: "Sum" } },
        ],
      }),
    ],
    "an account that owns": [secret, ...breakGlass, ...rotation],
    "rotation by an event rule": [
      secret,
      ...breakGlass,
      declare("eventRule", { eventPattern: JSON.stringify({ detail: { eventName: ["RotationFailed"] } }) }),
    ],
    "rotation by the function's own metric": [
      secret,
      ...breakGlass,
      declare("metricAlarm", {
        comparisonOperator: "x",
        evaluationPeriods: 1,
        metricName: "RotationFailures",
        alarmActions: ["arn:t"],
      }),
    ],
    "an account with neither": declare("role", { path: "/", assumeRolePolicy: "{}" }),
  },
  fails: {
    address: {
      program: [consumer, ...without("address")],
      at: "nothing watches reads from an unexpected address",
    },
    role: { program: [consumer, ...without("role")], at: "nothing watches reads by an unexpected role" },
    denied: { program: [consumer, ...without("denied")], at: "nothing watches reads that were denied" },
    spike: { program: [consumer, ...without("spike")], at: "nothing watches a sudden number of reads" },
    "break-glass": { program: [secret, ...rotation], at: "nothing watches use of the break-glass role" },
    rotation: { program: [secret, ...breakGlass], at: "nothing watches rotations that fail" },
  },
  undecided: {
    "a filter's pattern": {
      program: [
        secret,
        ...rotation,
        ...watching("x", later).map((one) => ({ ...one, propertyDependencies: { pattern: [secret.urn] } })),
      ],
      at: "pattern of a LogMetricFilter, for use of the break-glass role,",
    },
  },
});
