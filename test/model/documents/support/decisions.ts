import assert from "node:assert/strict";
import { accountPlace } from "../../../../model/documents/accountHoldings";
import { environmentKeyPolicy } from "../../../../model/documents/environmentKeyPolicy";
import { eventRulesPolicy } from "../../../../model/documents/eventRulesPolicy";
import { expiryWatchPolicy } from "../../../../model/documents/expiryWatchPolicy";
import { logArchiveBucketPolicy, logArchiveKeyPolicy } from "../../../../model/documents/logArchivePolicies";
import type { PolicyDocument } from "../../../../model/documents/policy";
import { rolloutQueuePolicy, rotationBusPolicy } from "../../../../model/documents/rolloutPolicies";
import { rotatorPolicy } from "../../../../model/documents/rotatorPolicy";
import { topicPolicy } from "../../../../model/documents/topicPolicy";
import {
  breakGlassTrust,
  consumerTrust,
  eventsTrust,
  peopleTrust,
} from "../../../../model/documents/trustPolicies";
import type { RolePlan } from "../../../../model/plan/types";
import { samplePlan } from "../../plan/support/samples";
import { keyArn, secretArn } from "./access";
import type { Caller, Request, Verdict } from "./evaluator";

const plan = samplePlan();
const { organisation } = plan;
const [security, prod, stranger] = ["111111111111", "333333333333", "999999999999"] as const;
const there = accountPlace(organisation, prod);

const role = (account: string, name: string, of = organisation.id): Caller => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  account,
  organisation: of,
});
const service = (name: string): Caller => ({
  arn: "",
  account: "",
  organisation: "",
  service: `${name}.amazonaws.com`,
});

type Context = NonNullable<Request["context"]>;

/** A call that is let in, and what else it may be. */
interface Call extends Request {
  readonly who: string;
  readonly is?: Verdict;
  /** In words, what differs: who is refused then. */
  readonly but?: Readonly<Record<string, Partial<Request> & { readonly is?: Verdict }>>;
}

interface Decided {
  readonly document: PolicyDocument;
  readonly calls: readonly Call[];
  /** Statements that other tests hold, with the test's name. */
  readonly elsewhere?: readonly string[];
}

const topic = `arn:aws:sns:eu-west-1:${prod}:secrets-platform-notices`;
const tls = { "aws:SecureTransport": "true" };
const plainText = { "aws:SecureTransport": "false" };
const withContext = (context: Context, other: Context): Partial<Request> => ({
  context: { ...context, ...other },
});
const less = (context: Context, key: string): Partial<Request> => ({
  context: Object.fromEntries(Object.entries(context).filter(([one]) => one !== key)),
});

const alarm = {
  ...tls,
  "aws:SourceAccount": prod,
  "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${prod}:alarm:secrets-platform-any`,
};

const bucket = "arn:aws:s3:::secrets-platform-trails-0a1b2c3d";
const trail = (account: string) => `arn:aws:cloudtrail:eu-west-1:${account}:trail/secrets-platform`;
const written = { ...tls, "aws:SourceArn": trail(prod), "s3:x-amz-acl": "bucket-owner-full-control" };
const encrypted = { "aws:SourceArn": trail(prod), "kms:EncryptionContext:aws:cloudtrail:arn": trail(prod) };
const auditor = role(security, "platform/secrets-auditors");
const throughS3 = { "kms:ViaService": "s3.eu-west-1.amazonaws.com" };
const workgroup = `arn:aws:athena:eu-west-1:${security}:workgroup/secrets-platform-audit`;
const results = {
  "aws:SourceAccount": security,
  "aws:SourceArn": workgroup,
  "kms:EncryptionContext:aws:athena:arn": workgroup,
};
const athena = service("encryption.athena");
const anyKey = `arn:aws:kms:eu-west-1:${security}:key/any`;

const rotator = plan.rotators.find(
  (one) =>
    one.hosted === "platform" &&
    one.environment === "prod" &&
    one.admins.length > 0 &&
    one.network !== undefined,
);
assert.ok(rotator?.hosted === "platform");
const rotated = secretArn(
  plan,
  plan.secrets.find(({ name }) => rotator.secrets.includes(name))!,
);
const ownRotator = { "secretsmanager:resource/AllowRotationLambdaArn": rotator.functionArn };
const underKey = {
  "kms:ResourceAliases": rotator.keys.map(({ alias }) => alias),
  "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com",
  "kms:EncryptionContext:SecretARN": rotated,
};
const rotating = role(security, rotator.role.split(":role/")[1]!);

const replicated = plan.secrets.find(
  ({ replicas, environment }) => replicas.length > 0 && environment === "prod",
);
assert.ok(replicated);
const [replicaRegion = ""] = replicated.replicas;
const inReplica = {
  "kms:ViaService": `secretsmanager.${replicaRegion}.amazonaws.com`,
  "kms:EncryptionContext:SecretARN": secretArn(plan, replicated, replicaRegion),
};
const replicaKey = keyArn(replicated.key, replicaRegion);

const rule = (name: string, account: string = prod) => `arn:aws:events:eu-west-1:${account}:rule/${name}`;
const queue = `arn:aws:sqs:eu-west-1:${prod}:rotation-rollout.fifo`;
const waiting = { ...tls, "aws:SourceArn": rule("secrets-platform-rotations/rotation-rollout") };
const bus = `arn:aws:events:eu-west-1:${prod}:event-bus/secrets-platform-rotations`;

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

/** By what the document belongs to. */
export const decidedDocuments: Readonly<Record<string, Decided>> = {
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
  "the audit bucket": {
    document: logArchiveBucketPolicy(organisation, "secrets-platform-trails-0a1b2c3d"),
    elsewhere: ["LocksHold", "RecordsStay", "SettingsStay"],
    calls: [
      {
        who: "a trail asks whose bucket it is",
        caller: service("cloudtrail"),
        action: "s3:GetBucketAcl",
        resource: bucket,
        context: { ...tls, "aws:SourceArn": trail(prod) },
        but: { "of a stranger": { context: { ...tls, "aws:SourceArn": trail(stranger) } } },
      },
      {
        who: "a trail writes",
        caller: service("cloudtrail"),
        action: "s3:PutObject",
        resource: `${bucket}/AWSLogs/${prod}/CloudTrail/any.json.gz`,
        context: written,
        but: {
          "of a stranger": withContext(written, { "aws:SourceArn": trail(stranger) }),
          "below another account": { resource: `${bucket}/AWSLogs/${stranger}/CloudTrail/any.json.gz` },
          "without handing it over": less(written, "s3:x-amz-acl"),
          "in plain text": { ...withContext(written, plainText), is: "deny" },
        },
      },
      {
        who: "an auditor reads by a policy of its own",
        caller: auditor,
        action: "s3:GetObject",
        resource: `${bucket}/AWSLogs/any`,
        context: tls,
        is: "nothing",
        but: { "in plain text": { context: plainText, is: "deny" } },
      },
    ],
  },
  "the archive's key": {
    document: logArchiveKeyPolicy(organisation, {
      account: security,
      logArchive: { lockDays: 1, keepDays: 2, queries: { scanLimitGigabytes: 1 } },
    }),
    calls: [
      {
        who: "the deployer looks after it",
        caller: role(security, "platform-deployer"),
        action: "kms:PutKeyPolicy",
        resource: "*",
        but: {
          "another role": { caller: role(security, "Administrator") },
          "to decrypt": { action: "kms:Decrypt" },
        },
      },
      {
        who: "a trail encrypts",
        caller: service("cloudtrail"),
        action: "kms:GenerateDataKey",
        resource: "*",
        context: encrypted,
        but: {
          "of a stranger": withContext(encrypted, { "aws:SourceArn": trail(stranger) }),
          "what is a stranger's": withContext(encrypted, {
            "kms:EncryptionContext:aws:cloudtrail:arn": trail(stranger),
          }),
          "to decrypt": { action: "kms:Decrypt" },
        },
      },
      {
        who: "a trail asks for it",
        caller: service("cloudtrail"),
        action: "kms:DescribeKey",
        resource: "*",
        context: { "aws:SourceArn": trail(prod) },
        but: { "of a stranger": { context: { "aws:SourceArn": trail(stranger) } } },
      },
      {
        who: "an auditor decrypts through S3",
        caller: auditor,
        action: "kms:Decrypt",
        resource: "*",
        context: throughS3,
        but: {
          "without S3": { context: {} },
          "a developer": { caller: role(security, "platform/secrets-developers") },
          "an auditor of another account": { caller: role(prod, "platform/secrets-auditors") },
        },
      },
      {
        who: "Athena encrypts what a query found",
        caller: athena,
        action: "kms:GenerateDataKey",
        resource: "*",
        context: results,
        but: {
          "for another account": withContext(results, { "aws:SourceAccount": stranger }),
          "for another workgroup": withContext(results, { "aws:SourceArn": `${workgroup}-2` }),
          "what is another workgroup's": withContext(results, {
            "kms:EncryptionContext:aws:athena:arn": `${workgroup}-2`,
          }),
        },
      },
      {
        who: "Athena asks for it",
        caller: athena,
        action: "kms:DescribeKey",
        resource: "*",
        context: less(results, "kms:EncryptionContext:aws:athena:arn").context!,
        but: {
          "for another account": withContext(results, { "aws:SourceAccount": stranger }),
          "for another workgroup": withContext(results, { "aws:SourceArn": `${workgroup}-2` }),
        },
      },
      {
        who: "an auditor reads what a query found",
        caller: auditor,
        action: "kms:Decrypt",
        resource: "*",
        context: { "kms:EncryptionContext:aws:athena:arn": workgroup },
        but: {
          "of another workgroup": { context: { "kms:EncryptionContext:aws:athena:arn": `${workgroup}-2` } },
          "a developer": { caller: role(security, "platform/secrets-developers") },
        },
      },
    ],
  },
  "a rotation function": {
    document: rotatorPolicy(plan, rotator),
    calls: [
      {
        who: "it puts a version of what it rotates",
        caller: rotating,
        action: "secretsmanager:PutSecretValue",
        resource: rotated,
        context: ownRotator,
        but: {
          "of a secret that another function rotates": {
            context: { "secretsmanager:resource/AllowRotationLambdaArn": `${rotator.functionArn}-2` },
          },
          "of a secret that nothing rotates": { context: {} },
          "of another environment": { resource: rotated.replace("/prod/", "/staging/") },
        },
      },
      {
        who: "it reads the administrator's login",
        caller: rotating,
        action: "secretsmanager:GetSecretValue",
        resource: secretArn(
          plan,
          plan.secrets.find(({ name }) => name === rotator.admins[0])!,
        ),
        but: { "to write it": { action: "secretsmanager:PutSecretValue" } },
      },
      {
        who: "it encrypts",
        caller: rotating,
        action: "kms:GenerateDataKey",
        resource: anyKey,
        context: underKey,
        but: {
          "under another key": withContext(underKey, { "kms:ResourceAliases": ["alias/other"] }),
          "through another service": withContext(underKey, {
            "kms:ViaService": "ssm.eu-west-1.amazonaws.com",
          }),
          "for another environment": withContext(underKey, {
            "kms:EncryptionContext:SecretARN": rotated.replace("/prod/", "/staging/"),
          }),
        },
      },
      {
        who: "it writes its logs",
        caller: rotating,
        action: "logs:PutLogEvents",
        resource: `arn:aws:logs:eu-west-1:${security}:log-group:/aws/lambda/${rotator.functionName}:log-stream:any`,
        but: {
          "of another function": {
            resource: `arn:aws:logs:eu-west-1:${security}:log-group:/aws/lambda/other:log-stream:any`,
          },
        },
      },
      ...(["ec2:CreateNetworkInterface", "ec2:DescribeSubnets"] as const).map((action): Call => ({
        who: `Lambda places it in its network (${action})`,
        caller: rotating,
        action,
        resource: `arn:aws:ec2:eu-west-1:${security}:subnet/subnet-any`,
        but: {
          "its own code": { context: { "lambda:SourceFunctionArn": rotator.functionArn }, is: "deny" },
        },
      })),
    ],
  },
  "a key in the region of copies": {
    document: environmentKeyPolicy(plan, replicated.key, replicaRegion),
    // `gates.test.ts` and `access.test.ts`: who reads what, and through which service.
    elsewhere: [
      "Administration",
      "WritersFindIt",
      "ConsumersThroughSecretsManager",
      "BreakGlassThroughSecretsManager",
      "ConsumersThroughParameterStore",
      "DevelopersThroughParameterStore",
      "WritersThroughParameterStore",
      "BreakGlassThroughParameterStore",
    ],
    calls: [
      ...(["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"] as const).flatMap((action) =>
        [
          role(security, "platform/secrets-writers"),
          role(security, "platform-deployer"),
          ...replicated.rotatorRoles.map((arn) =>
            role(security, arn.split(":role/")[1]!.replace("*", "Any")),
          ),
        ].map((caller): Call => ({
          who: `${caller.arn.split("/").at(-1)} ${action}`,
          caller,
          action,
          resource: replicaKey,
          context: inReplica,
          but: {
            "without Secrets Manager": less(inReplica, "kms:ViaService"),
            "for a secret of another environment": withContext(inReplica, {
              "kms:EncryptionContext:SecretARN": secretArn(plan, replicated).replace("/prod/", "/staging/"),
            }),
            "another role": { caller: role(security, "Administrator") },
            "outside the organisation": { caller: { ...caller, organisation: "o-otherotherot" } },
          },
        })),
      ),
    ],
  },
  "the rollout's queue": {
    document: rolloutQueuePolicy(there),
    calls: [
      {
        who: "the rule hands a rotation on",
        caller: service("events"),
        action: "sqs:SendMessage",
        resource: queue,
        context: waiting,
        but: {
          "another rule": withContext(waiting, { "aws:SourceArn": rule("any") }),
          "in plain text": { ...withContext(waiting, plainText), is: "deny" },
        },
      },
    ],
  },
  "the rollout's bus": {
    document: rotationBusPolicy(organisation, there, security),
    calls: [
      {
        who: "the security account hands an event on",
        caller: role(security, "platform/rotation-events"),
        action: "events:PutEvents",
        resource: bus,
        but: {
          "another of its roles": { caller: role(security, "platform-deployer") },
          "the role of a stranger": { caller: role(stranger, "platform/rotation-events") },
          "after it left the organisation": {
            caller: role(security, "platform/rotation-events", "o-otherotherot"),
          },
        },
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
    document: expiryWatchPolicy(organisation, prod, topic, false),
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
