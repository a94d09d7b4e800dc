import { eventRulesPolicy } from "../../../../../model/documents/eventRulesPolicy";
import { expiryWatchPolicy } from "../../../../../model/documents/expiryWatchPolicy";
import { topicPolicy } from "../../../../../model/documents/topicPolicy";
import type { Caller } from "../evaluator";
import {
  type Call,
  type DecidedDocuments,
  organisation,
  plainText,
  prod,
  role,
  service,
  stranger,
  tls,
  withContext,
} from "./decided";

const topic = `arn:aws:sns:eu-west-1:${prod}:secrets-platform-notices`;

const alarm = {
  ...tls,
  "aws:SourceAccount": prod,
  "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${prod}:alarm:secrets-platform-any`,
};

const telling = {
  "kms:ResourceAliases": ["alias/operations"],
  "kms:ViaService": "sns.eu-west-1.amazonaws.com",
  "kms:EncryptionContext:aws:sns:topicArn": topic,
};
const tells = (caller: Caller): Call => ({
  who: "a notice is encrypted for the topic",
  caller,
  action: "kms:GenerateDataKey",
  resource: `arn:aws:kms:eu-west-1:${prod}:key/any`,
  context: telling,
  but: {
    "under another key": withContext(telling, { "kms:ResourceAliases": ["alias/prod/configuration"] }),
    "through another service": withContext(telling, { "kms:ViaService": "ssm.eu-west-1.amazonaws.com" }),
    "for another topic": withContext(telling, { "kms:EncryptionContext:aws:sns:topicArn": `${topic}-2` }),
  },
});
const events = role(prod, "platform/event-notices");
const watch = role(prod, "platform/expiry-watch");

/** What tells people of what happened. */
export const notices: DecidedDocuments = {
  "the notices topic": {
    document: topicPolicy(organisation, prod),
    calls: [
      {
        who: "an alarm of the account",
        caller: service("cloudwatch"),
        action: "sns:Publish",
        resource: topic,
        context: alarm,
        but: {
          "of another account": withContext(alarm, { "aws:SourceAccount": stranger }),
          "by what is no alarm": withContext(alarm, {
            "aws:SourceArn": `arn:aws:events:eu-west-1:${prod}:rule/any`,
          }),
          "in plain text": { ...withContext(alarm, plainText), is: "deny" },
          "another service": { caller: service("s3") },
        },
      },
      {
        who: "a role by its own policies",
        caller: events,
        action: "sns:Publish",
        resource: topic,
        context: tls,
        is: "nothing",
        but: { "in plain text": { context: plainText, is: "deny" } },
      },
    ],
  },
  "the role that tells of events": {
    document: eventRulesPolicy(organisation, prod),
    calls: [
      {
        who: "it tells the topic",
        caller: events,
        action: "sns:Publish",
        resource: topic,
        but: { "another topic": { resource: `${topic}-2` } },
      },
      tells(events),
    ],
  },
  "the daily watch": {
    document: expiryWatchPolicy(organisation, prod, topic, true),
    calls: [
      {
        who: "it lists",
        caller: watch,
        action: "secretsmanager:ListSecrets",
        resource: "*",
        but: { "to read": { action: "secretsmanager:GetSecretValue" } },
      },
      {
        who: "it finds owners",
        caller: watch,
        action: "ssm:ListTagsForResource",
        resource: `arn:aws:ssm:eu-west-1:${prod}:parameter/any`,
        but: { "to read": { action: "ssm:GetParameter" } },
      },
      {
        who: "it tells the topic",
        caller: watch,
        action: "sns:Publish",
        resource: topic,
        but: { "another topic": { resource: `${topic}-2` } },
      },
      {
        who: "it looks at copies in other regions",
        caller: watch,
        action: "secretsmanager:DescribeSecret",
        resource: `arn:aws:secretsmanager:eu-west-1:${prod}:secret:any-AbCdEf`,
        but: { "to read": { action: "secretsmanager:GetSecretValue" } },
      },
      tells(watch),
      {
        who: "it writes its logs",
        caller: watch,
        action: "logs:PutLogEvents",
        resource: `arn:aws:logs:eu-west-1:${prod}:log-group:/aws/lambda/expiry-watch:log-stream:any`,
        but: {
          "of another function": {
            resource: `arn:aws:logs:eu-west-1:${prod}:log-group:/aws/lambda/other:log-stream:any`,
          },
        },
      },
    ],
  },
};
