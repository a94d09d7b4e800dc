import type { RegisteredResource } from "../../../../policies/pack/evaluate";
import { parameterExpiryRouted } from "../../../../policies/rules/ssm/parameter-expiry-routed";
import { testRule, type Program } from "../../support/cases";
import { declare, later } from "../../support/program";

const arn = "arn:aws:ssm:eu-west-1:333333333333:parameter/orders/prod/partner-token";
const parameterThat = (expires: object, name = "/orders/prod/partner-token", outputs: object = {}) =>
  declare("expiringParameter", { name, description: "d", keyId: "k", expires } as never, {
    name: "token",
    outputs,
  });
const parameter = parameterThat({ never: true, remindDays: 30 });
const expiring = parameterThat({ never: false, afterDays: 90, warnDays: 14 });
const action = "Parameter Store Policy Action";
const notices = { source: ["aws.ec2", "aws.ssm"], "detail-type": [action] };
const kinds = (...types: unknown[]) => ({ ...notices, detail: { "policy-type": types } });

const targeted = (eventPattern: unknown, name = "notices", more: object = {}): RegisteredResource[] => [
  declare(
    "eventRule",
    {
      name,
      eventPattern: typeof eventPattern === "string" ? eventPattern : JSON.stringify(eventPattern),
      ...more,
    },
    { name },
  ),
  declare("eventTarget", { rule: name, arn: "arn:aws:sns:::t" }, { name: `${name}-target` }),
];
const routed = (eventPattern: unknown, more: object = {}): Program => [
  parameter,
  ...targeted(eventPattern, "notices", more),
];
const routedFrom = (one: RegisteredResource, ...patterns: unknown[]): Program => [
  one,
  ...patterns.flatMap((pattern, at) => targeted(pattern, `rule-${at}`)),
];
const unheard = "no EventRule with a target in this stack takes what AWS sends of this parameter: ";

testRule(parameterExpiryRouted, {
  passes: {
    "a rule with a target": routed(notices),
    "a rule for all of Parameter Store": routed({ source: ["aws.ssm"] }),
    "a rule for every event": routed({ account: ["333333333333"] }),
    "no expiring parameter": declare("parameter", { type: "String" }),
    "the kind that a parameter without an end has": routedFrom(parameter, kinds("NoChangeNotification")),
    "each kind by name": routedFrom(expiring, kinds("Expiration", "ExpirationNotification")),
    "each kind by a rule of its own": routedFrom(
      expiring,
      kinds("Expiration"),
      kinds("ExpirationNotification"),
    ),
    "kinds by their beginning": routedFrom(expiring, kinds({ prefix: "Expiration" })),
    "kinds by their end and their beginning": routedFrom(
      expiring,
      kinds({ suffix: "Notification" }, { wildcard: "Exp*" }),
    ),
    "all kinds but one that it has not": routedFrom(
      expiring,
      kinds({ "anything-but": ["NoChangeNotification"] }),
    ),
    "either kind": routedFrom(expiring, {
      ...notices,
      $or: [
        { detail: { "policy-type": ["Expiration"] } },
        { detail: { "policy-type": ["ExpirationNotification"] } },
      ],
    }),
    "a detail type by its beginning": routed({
      source: [{ prefix: "aws." }],
      "detail-type": [{ prefix: "Para" }],
    }),
    "a service in any spelling": routed({ source: [{ "equals-ignore-case": "AWS.SSM" }] }),
    "the parameters of a service": routed({
      ...notices,
      detail: { "parameter-name": [{ prefix: "/orders/" }], "action-status": ["Success"] },
    }),
    "the parameter's ARN": routedFrom(parameterThat({ never: true, remindDays: 30 }, undefined, { arn }), {
      ...notices,
      resources: [arn],
    }),
    "details that are there": routed({ ...notices, detail: { "policy-content": [{ exists: true }] } }),
    "the default bus by name": routed(notices, { eventBusName: "default" }),
    "the default bus by ARN": routed(notices, {
      eventBusName: "arn:aws:events:eu-west-1:333333333333:event-bus/default",
    }),
  },
  fails: {
    "no rule": { program: parameter, at: `${unheard}NoChangeNotification`, on: "token" },
    "a rule without a target": { program: [parameter, ...targeted(notices).slice(0, 1)], at: unheard },
    "a rule for other events": {
      program: routed({ source: ["aws.ssm"], "detail-type": ["Parameter Store Change"] }),
      at: unheard,
    },
    "a rule for other services": { program: routed({ source: ["aws.ec2"] }), at: unheard },
    "a rule that is off": { program: routed(notices, { state: "DISABLED" }), at: unheard },
    "a rule that was turned off the old way": { program: routed(notices, { isEnabled: false }), at: unheard },
    "only what has expired": {
      program: routedFrom(expiring, kinds("Expiration")),
      at: `${unheard}ExpirationNotification`,
    },
    "only what will expire": {
      program: routedFrom(expiring, kinds("ExpirationNotification")),
      at: `${unheard}Expiration`,
    },
    "only what was not changed": {
      program: routedFrom(expiring, kinds("NoChangeNotification")),
      at: `${unheard}Expiration, ExpirationNotification`,
    },
    "only what expires, and a parameter without an end": {
      program: routedFrom(parameter, kinds("Expiration", "ExpirationNotification")),
      at: `${unheard}NoChangeNotification`,
    },
    "all kinds but the one it has": {
      program: routedFrom(parameter, kinds({ "anything-but": "NoChangeNotification" })),
      at: unheard,
    },
    "all kinds that do not begin like it": {
      program: routedFrom(expiring, kinds({ "anything-but": { prefix: "Expiration" } })),
      at: `${unheard}Expiration, ExpirationNotification`,
    },
    "one of two by a choice": {
      program: routedFrom(expiring, { ...notices, detail: { $or: [{ "policy-type": ["Expiration"] }] } }),
      at: `${unheard}ExpirationNotification`,
    },
    "another parameter by name": {
      program: routed({ ...notices, detail: { "parameter-name": ["/orders/prod/other"] } }),
      at: unheard,
    },
    "another service's parameters": {
      program: routed({ ...notices, detail: { "parameter-name": [{ prefix: "/payments/" }] } }),
      at: unheard,
    },
    "another parameter by ARN": {
      program: routedFrom(parameterThat({ never: true, remindDays: 30 }, undefined, { arn }), {
        ...notices,
        resources: [`${arn}-other`],
      }),
      at: unheard,
    },
    "what failed": { program: routed({ ...notices, detail: { "action-status": ["Failed"] } }), at: unheard },
    "changes only": {
      program: routed({ source: ["aws.ssm"], detail: { operation: ["Delete"] } }),
      at: unheard,
    },
    "details that are not there": {
      program: routed({ ...notices, detail: { "policy-type": [{ exists: false }] } }),
      at: unheard,
    },
    "a kind in capitals": { program: routedFrom(parameter, kinds("NOCHANGENOTIFICATION")), at: unheard },
    "a bus of one's own": { program: routed(notices, { eventBusName: "orders" }), at: unheard },
    "a bus that this update makes": {
      program: [
        parameter,
        declare("eventBus", { name: "orders" }, { name: "bus" }),
        ...targeted(notices, "notices", { eventBusName: later }).map((one) => ({
          ...one,
          propertyDependencies: {
            eventBusName: [declare("eventBus", { name: "orders" }, { name: "bus" }).urn],
          },
        })),
      ],
      at: unheard,
    },
    "a schedule": {
      program: [
        parameter,
        declare("eventRule", { name: "notices", scheduleExpression: "rate(1 day)" }),
        declare("eventTarget", { rule: "notices", arn: "arn:aws:sns:::t" }),
      ],
      at: unheard,
    },
    "a pattern that is no JSON": { program: routed("{"), at: unheard },
    "one of two parameters": {
      program: [
        ...(routedFrom(parameter, {
          ...notices,
          detail: { "parameter-name": ["/orders/prod/partner-token"] },
        }) as []),
        { ...parameterThat({ never: true, remindDays: 30 }, "/orders/prod/other"), urn: "urn:x::other" },
      ],
      at: unheard,
      on: "other",
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
        declare("eventTarget", { rule: "notices", arn: "arn:aws:sns:::t" }),
      ],
      at: "eventPattern of an EventRule",
    },
    "whether a rule is on": {
      program: [
        parameter,
        declare(
          "eventRule",
          { name: "notices", eventPattern: JSON.stringify(notices), state: later },
          { from: { state: [parameter] } },
        ),
        declare("eventTarget", { rule: "notices", arn: "arn:aws:sns:::t" }),
      ],
      at: "state of an EventRule",
    },
    "which bus a rule listens to": {
      program: [
        parameter,
        declare(
          "eventRule",
          { name: "notices", eventPattern: JSON.stringify(notices), eventBusName: later },
          { from: { eventBusName: [parameter] } },
        ),
        declare("eventTarget", { rule: "notices", arn: "arn:aws:sns:::t" }),
      ],
      at: "eventBusName of an EventRule",
    },
    "whose target one is": {
      program: [
        parameter,
        ...targeted(notices).slice(0, 1),
        declare("eventTarget", { rule: later, arn: "arn:aws:sns:::t" }, { from: { rule: [parameter] } }),
      ],
      at: "rule of an EventTarget",
    },
    "what a parameter is called": {
      program: [
        declare("parameter", { type: "String" }),
        declare(
          "expiringParameter",
          { name: later, description: "d", keyId: "k", expires: { never: true, remindDays: 30 } } as never,
          { name: "token", from: { name: [declare("parameter", { type: "String" })] } },
        ),
        ...targeted({ ...notices, detail: { "parameter-name": [{ prefix: "/orders/" }] } }),
      ],
      at: "name is not known",
      on: "token",
    },
    "whether a parameter has an end": {
      program: [
        declare("parameter", { type: "String" }),
        declare(
          "expiringParameter",
          { name: "/orders/prod/partner-token", description: "d", keyId: "k", expires: later },
          { name: "token", from: { expires: [declare("parameter", { type: "String" })] } },
        ),
        ...targeted(kinds("NoChangeNotification")),
      ],
      at: "expires is not known",
      on: "token",
    },
  },
});
