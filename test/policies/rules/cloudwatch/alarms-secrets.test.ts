import type { RegisteredResource } from "../../../../policies/pack/evaluate";
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

/** An alarm that looks at no metric of a filter. */
const expression = {
  comparisonOperator: "GreaterThanOrEqualToThreshold",
  evaluationPeriods: 1,
  metricQueries: [{ id: "m", expression: "TIME_SERIES(1)" }],
  threshold: 1,
  alarmActions: ["arn:t"],
};
/** An event rule for what AWS says of rotations, with a target unless it is to have none. */
const failureRule = (detail: object, more: object = {}, hasTarget = true) => {
  const rule = declare(
    "eventRule",
    { eventPattern: JSON.stringify({ source: ["aws.secretsmanager"], detail }), ...more },
    { name: "failure" },
  );
  const arn = "arn:aws:sns:eu-west-1:111111111111:notices";
  return hasTarget
    ? [rule, declare("eventTarget", { rule: "failure", arn }, { from: { rule: [rule] } })]
    : [rule];
};
/** Reads that were denied, watched in another way than all others are. */
const denied = (pattern: string, alarm: object = {}, filter: object = {}) => [
  consumer,
  ...without("denied"),
  ...watching("denied", `{ ${reads} && ${pattern} }`, alarm, filter),
];
const isDenied = '($.errorCode = "AccessDenied*")';
const lacksDenied = "nothing watches reads that were denied";
const lacksFailures = "nothing watches rotations that fail";
const unnamed = (kind: RegExp, program: readonly RegisteredResource[], inputs: object) =>
  program.map((one) =>
    kind.test(one.urn) && one.name.startsWith("denied")
      ? {
          ...one,
          inputs: { ...one.inputs, ...inputs },
          propertyDependencies: Object.fromEntries(Object.keys(inputs).map((key) => [key, [consumer.urn]])),
        }
      : one,
  );

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
    "rotation by an event rule": [secret, ...breakGlass, ...failureRule({ eventName: ["RotationFailed"] })],
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
    "reads that were not denied": { program: denied('($.errorCode != "AccessDenied*")'), at: lacksDenied },
    "an alarm on few of them": {
      program: denied(isDenied, { comparisonOperator: "LessThanThreshold" }),
      at: lacksDenied,
    },
    "an alarm in another region than the filter": {
      program: denied(isDenied, { region: "us-east-1" }, { region: "eu-west-1" }),
      at: lacksDenied,
    },
    "an alarm on a dimension that the filter does not write": {
      program: denied(isDenied, { dimensions: { Role: "orders" } }),
      at: lacksDenied,
    },
    "a filter that counts nothing": {
      program: denied(
        isDenied,
        {},
        { metricTransformation: { name: "denied", namespace: "Trail", value: "0" } },
      ),
      at: lacksDenied,
    },
    "an alarm on a metric of no name": {
      program: [...denied(isDenied).slice(0, -1), declare("metricAlarm", expression)],
      at: lacksDenied,
    },
    "use of any other role than the break-glass role": {
      program: [
        secret,
        ...watching(
          "x",
          '{ ($.eventName = AssumeRole) && ($.requestParameters.roleArn != "*break-glass*") }',
        ),
        ...rotation,
      ],
      at: "nothing watches use of the break-glass role",
    },
    "an event rule without a target": {
      program: [secret, ...breakGlass, ...failureRule({ eventName: ["RotationFailed"] }, {}, false)],
      at: lacksFailures,
    },
    "an event rule that is off": {
      program: [
        secret,
        ...breakGlass,
        ...failureRule({ eventName: ["RotationFailed"] }, { state: "DISABLED" }),
      ],
      at: lacksFailures,
    },
    "an event rule on another bus": {
      program: [
        secret,
        ...breakGlass,
        ...failureRule({ eventName: ["RotationFailed"] }, { eventBusName: "orders" }),
      ],
      at: lacksFailures,
    },
    "an event rule for all but that": {
      program: [secret, ...breakGlass, ...failureRule({ eventName: [{ "anything-but": "RotationFailed" }] })],
      at: lacksFailures,
    },
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
    "which metric a filter writes": {
      program: unnamed(/metricFilter/i, denied(isDenied), { metricTransformation: later }),
      at: "metricTransformation of a LogMetricFilter, for reads that were denied,",
    },
    "the name of the metric that a filter writes": {
      program: unnamed(/metricFilter/i, denied(isDenied), {
        metricTransformation: { name: later, namespace: "Trail", value: "1" },
      }),
      at: "metricTransformation of a LogMetricFilter, for reads that were denied,",
    },
    "which metric an alarm looks at": {
      program: unnamed(/metricAlarm/, denied(isDenied), { metricName: later }),
      at: "metricName of a MetricAlarm, for reads that were denied,",
    },
    "which metrics an alarm's queries look at": {
      program: unnamed(/metricAlarm/, denied(isDenied, { metricName: undefined }), { metricQueries: later }),
      at: "metricName of a MetricAlarm, for reads that were denied,",
    },
    "what an event rule takes": {
      program: [
        secret,
        ...breakGlass,
        ...failureRule({}, { eventPattern: later }).map((one) => ({
          ...one,
          propertyDependencies: { ...one.propertyDependencies, eventPattern: [secret.urn] },
        })),
      ],
      at: "eventPattern of an EventRule, for rotations that fail,",
    },
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
