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

const trail = declare("trail", {
  s3BucketName: "trails",
  cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:111111111111:log-group:trail:*",
});
const elsewhere = (watch: ReturnType<typeof watching>) =>
  watch.map((one) => ({
    ...one,
    ...("logGroupName" in one.inputs && { inputs: { ...one.inputs, logGroupName: "application" } }),
  }));

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
    "an account with a trail, where everything is watched": [trail, ...Object.values(reading).flat()],
    "an account with a trail, where nobody under /services/ reads": [
      trail,
      ...reading.role,
      ...reading.denied,
    ],
    "an account that owns, with a trail, whose readers are elsewhere": [
      trail,
      secret,
      ...breakGlass,
      ...rotation,
      ...reading.role,
      ...reading.denied,
    ],
    "reads by name or by nobody's": [
      consumer,
      ...without("denied"),
      ...watching("denied", `{ ($.eventName = "*GetSecretValue") && ($.errorCode = "AccessDenied*") }`),
    ],
    "an account with neither": declare("role", { path: "/", assumeRolePolicy: "{}" }),
  },
  fails: {
    "a trail, and nothing that watches reads": {
      program: trail,
      at: "nothing watches reads by an unexpected role",
      times: 2,
    },
    "a trail and a role that is no consumer's": {
      program: [trail, declare("role", { path: "/", assumeRolePolicy: "{}" }), ...without("denied")],
      at: "nothing watches reads that were denied",
    },
    "a trail and secrets, and nothing that watches reads": {
      program: [trail, secret, ...breakGlass, ...rotation],
      at: "nothing watches reads by an unexpected role",
      times: 2,
    },
    "a trail and consumers": {
      program: [trail, consumer, ...without("spike")],
      at: "nothing watches a sudden number of reads",
    },
    "a filter on another group than the trail's": {
      program: [trail, consumer, ...without("denied"), ...elsewhere(reading.denied)],
      at: "nothing watches reads that were denied",
    },
    "use of the break-glass role on another group": {
      program: [trail, secret, ...elsewhere(breakGlass), ...rotation, ...reading.role, ...reading.denied],
      at: "nothing watches use of the break-glass role",
    },
    "everything that is no read": {
      program: [
        consumer,
        ...without("denied"),
        ...watching("denied", `{ ($.eventName != "GetSecretValue") && ($.errorCode = "AccessDenied*") }`),
      ],
      at: "nothing watches reads that were denied",
    },
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
    "whether a role is a consumer's": {
      program: [
        secret,
        ...breakGlass,
        ...rotation,
        declare(
          "role",
          { path: later, assumeRolePolicy: "{}" },
          { name: "consumer", from: { path: [secret] } },
        ),
        ...without("spike"),
      ],
      at: "path of a Role, for a sudden number of reads,",
    },
    "which group a filter is on": {
      program: [
        trail,
        consumer,
        ...without("denied"),
        ...watching(
          "denied",
          `{ ${reads} && ($.errorCode = "AccessDenied*") }`,
          {},
          { logGroupName: later },
        ).map((one) => ({ ...one, propertyDependencies: { logGroupName: [secret.urn] } })),
      ],
      at: "logGroupName of a LogMetricFilter, for reads that were denied,",
    },
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
