import { type Files, replaced, settings } from "./folder";

const [project, security, staging, prod] = [
  "Pulumi.yaml",
  "Pulumi.security.yaml",
  "Pulumi.staging.yaml",
  "Pulumi.prod.yaml",
] as const;

const without = (name: keyof typeof settings): Files => ({ ...settings, [name]: null });

const secondSecurity = `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["444444444444"]
  secrets-platform:environments: [prod]
  secrets-platform:logArchive: { lockDays: 1, keepDays: 2 }
`;

/** A second security stack beside the first. */
function sharded(environments: string): Files {
  return {
    ...replaced(security, "[staging, prod]", environments),
    [project]: settings[project].replace(
      '      prod: "',
      '      security-prod: "444444444444"\n      prod: "',
    ),
    "Pulumi.security-prod.yaml": secondSecurity,
  };
}

const neither =
  "neither `secrets-platform:environment` nor `secrets-platform:environments` is there; a workload stack names the one environment it is, a security stack those whose values it holds; add the one that this stack is to be";

/** Staging's file without the line of its environment, and with something else in its place. */
const withoutEnvironment = (line: string): Files =>
  replaced(staging, "  secrets-platform:environment: staging\n", line);

const lacksEnvironment =
  "Pulumi.staging.yaml:1:1 config.secrets-platform:environment: `secrets-platform:environment` is missing; `secrets-platform:environment` must be 1 to 32 characters: lower-case letters, digits and single hyphens, beginning with a letter; add `secrets-platform:environment`";

const unknownKey = (place: string, key: string, kind: string, meant: string) =>
  `${place} config.secrets-platform:${key}: unknown key \`secrets-platform:${key}\`; a ${kind} stack's configuration is a map with the keys …; did you mean \`secrets-platform:${meant}\`?`;

/** What was broken, the files, and everything that is said of them. */
export const brokenFiles: readonly (readonly [string, Files, readonly string[]])[] = [
  [
    "an account without a stack's file",
    without(prod),
    [
      "Pulumi.security.yaml:4:44 config.secrets-platform:environments.1: no stack has the environment prod; each environment has a workload stack; add a stack with `secrets-platform:environment: prod`, or remove it here",
      "Pulumi.yaml:10:13 config.accounts.prod: there is no Pulumi.prod.yaml; each account has a stack of its name; add Pulumi.prod.yaml, or remove the account",
    ],
  ],
  [
    "a stack's file without an account",
    { ...settings, "Pulumi.test.yaml": settings[staging].replaceAll("staging", "test") },
    [
      "Pulumi.test.yaml:1:1 config: `accounts` in Pulumi.yaml has no test; each stack is one account; add `test` with its account to `accounts` in Pulumi.yaml, or remove this file",
      "Pulumi.test.yaml:4:33 config.secrets-platform:environment: no security stack holds test; each environment's values are in one security stack; add it to `secrets-platform:environments` of a security stack",
    ],
  ],
  [
    "another account than is allowed",
    replaced(staging, "222222222222", "999999999999"),
    [
      "Pulumi.staging.yaml:3:3 config.aws:allowedAccountIds: found 999999999999; `accounts` in Pulumi.yaml says 222222222222, and nothing may be deployed elsewhere; correct whichever is wrong",
    ],
  ],
  [
    "one account for two stacks",
    {
      ...replaced(project, "222222222222", "333333333333"),
      [staging]: settings[staging].replace("222222222222", "333333333333"),
    },
    [
      "Pulumi.yaml:10:13 config.accounts.prod: 333333333333 is the account of staging too; each stack has an account of its own; give it another account, or remove one of the two",
    ],
  ],
  [
    "two regions",
    replaced(staging, "eu-west-1", "eu-central-1"),
    [
      "Pulumi.staging.yaml:2:15 config.aws:region: found eu-central-1; all stacks are in one region, and prod is in eu-west-1; move one of them; secrets reach other regions by `replicas`",
    ],
  ],
  [
    "two partitions",
    replaced(prod, "aws:region: eu-west-1", "aws:region: us-gov-west-1"),
    [
      "Pulumi.security.yaml:2:15 config.aws:region: found eu-west-1; all stacks are in one region, and prod is in us-gov-west-1; move one of them; secrets reach other regions by `replicas`",
      "Pulumi.staging.yaml:2:15 config.aws:region: found eu-west-1; all stacks are in one region, and prod is in us-gov-west-1; move one of them; secrets reach other regions by `replicas`",
    ],
  ],
  [
    "queries of another partition's records",
    replaced(
      security,
      "keepDays: 2557",
      "keepDays: 2557\n    queries: { scanLimitGigabytes: 9, regions: [eu-central-1, cn-north-1] }",
    ),
    [
      "Pulumi.security.yaml:12:63 config.secrets-platform:logArchive.queries.regions.1: found cn-north-1, which is in the partition aws-cn; the stacks are in the partition aws, and so are all records; remove it",
    ],
  ],
  [
    "an environment that no security stack holds, whose network is given",
    replaced(security, "[staging, prod]", "[staging]"),
    [
      "Pulumi.prod.yaml:4:33 config.secrets-platform:environment: no security stack holds prod; each environment's values are in one security stack; add it to `secrets-platform:environments` of a security stack",
      "Pulumi.security.yaml:6:5 config.secrets-platform:rotationNetwork.prod: this stack does not hold prod; a network is given for the environments of the stack; move it to the stack that does, or remove it",
    ],
  ],
  [
    "an environment that two security stacks hold, and a second archive",
    sharded("[staging, prod]"),
    [
      "Pulumi.security-prod.yaml:4:35 config.secrets-platform:environments.0: stack security holds prod too; each environment's values are in one security stack; remove it from one of them",
      "Pulumi.security.yaml:9:3 config.secrets-platform:logArchive: stack security-prod has one too; the organisation has one audit bucket; remove one",
    ],
  ],
  [
    "an environment that is listed twice",
    replaced(security, "[staging, prod]", "[staging, prod, staging]"),
    [
      "Pulumi.security.yaml:4:50 config.secrets-platform:environments.2: staging is entry 1 of the list too; each environment is listed once; remove one of them",
    ],
  ],
  [
    "an environment without a stack",
    replaced(security, "[staging, prod]", "[staging, prod, test]"),
    [
      "Pulumi.security.yaml:4:50 config.secrets-platform:environments.2: no stack has the environment test; each environment has a workload stack; add a stack with `secrets-platform:environment: test`, or remove it here",
    ],
  ],
  [
    "one environment of two stacks",
    replaced(staging, "environment: staging", "environment: prod"),
    [
      "Pulumi.security.yaml:4:35 config.secrets-platform:environments.0: no stack has the environment staging; each environment has a workload stack; add a stack with `secrets-platform:environment: staging`, or remove it here",
      "Pulumi.staging.yaml:4:33 config.secrets-platform:environment: prod is the environment of stack prod too; each workload stack has an environment of its own; rename one",
      "Pulumi.yaml:16:64 config.principals.developers.environments.0: no stack has the environment staging; there are prod; correct the name, or remove it",
    ],
  ],
  [
    "no workload stack at all",
    {
      [project]: settings[project].replace(/ {6}(?:staging|prod): "\d+"\n/g, ""),
      [security]: settings[security],
    },
    [
      "Pulumi.security.yaml:4:35 config.secrets-platform:environments.0: no stack has the environment staging; each environment has a workload stack; add a stack with `secrets-platform:environment: staging`, or remove it here",
      "Pulumi.security.yaml:4:44 config.secrets-platform:environments.1: no stack has the environment prod; each environment has a workload stack; add a stack with `secrets-platform:environment: prod`, or remove it here",
      "Pulumi.yaml:14:64 config.principals.developers.environments.0: no stack has the environment staging; there is none yet; correct the name, or remove it",
    ],
  ],
  [
    "no archive",
    { ...settings, [security]: settings[security].replace(/ {2}secrets-platform:logArchive:[^]*/, "") },
    [
      "Pulumi.yaml:3:1 config: no security stack has `secrets-platform:logArchive`; one of them holds the organisation's audit bucket; add it with `lockDays` and `keepDays` to Pulumi.security.yaml",
    ],
  ],
  [
    "an archive that keeps records no longer than it locks them",
    replaced(security, "2557", "365"),
    [
      "Pulumi.security.yaml:11:15 config.secrets-platform:logArchive.keepDays: found 365 days, with a lock of 365; records are kept longer than they are locked; keep them longer",
    ],
  ],
  [
    "developers of an unknown environment",
    replaced(project, "environments: [staging]", "environments: [staging, test]"),
    [
      "Pulumi.yaml:16:73 config.principals.developers.environments.1: no stack has the environment test; there are prod, staging; correct the name, or remove it",
    ],
  ],
  [
    "an unknown key of a stack, in place of one that is needed",
    replaced(staging, "secrets-platform:network", "secrets-platform:netwrok"),
    [
      "Pulumi.staging.yaml:1:1 config.secrets-platform:network: `secrets-platform:network` is missing; `network` is a map with the keys …; add `secrets-platform:network`",
      "Pulumi.staging.yaml:5:3 config.secrets-platform:netwrok: unknown key `secrets-platform:netwrok`; a workload stack's configuration is a map with the keys …; did you mean `secrets-platform:network`?",
    ],
  ],
  [
    "an unknown key inside a setting",
    replaced(prod, "    nat: per-zone", "    nat: per-zone\n    zones: 3"),
    [
      "Pulumi.prod.yaml:10:12 config.secrets-platform:network.zones: unknown key `zones`; `network` is a map with the keys …; remove it",
    ],
  ],
  [
    "an unknown key of the project",
    replaced(project, "auditors:", "auditor:"),
    [
      "Pulumi.yaml:12:5 config.principals.auditors: `auditors` is missing; `auditors` is a map with the keys …; add `auditors`",
      "Pulumi.yaml:17:7 config.principals.auditor: unknown key `auditor`; `principals` is a map with the keys …; did you mean `auditors`?",
    ],
  ],
  [
    "no organisation",
    { ...settings, [project]: settings[project].replace(/ {2}organizationId:\n.*\n/, "") },
    [
      "Pulumi.yaml:3:1 config.organizationId: `organizationId` is missing; `organizationId` must be the identifier of an AWS organisation, such as `o-exampleorgid`; add `organizationId`",
    ],
  ],
  [
    "no configuration in a stack's file",
    { ...settings, [staging]: "encryptionsalt: v1:abc\n" },
    [
      "Pulumi.staging.yaml:1:1 config.aws:region: `aws:region` is missing; `aws:region` must be an AWS region, such as `eu-central-1`; add `aws:region`",
      "Pulumi.staging.yaml:1:1 config.aws:allowedAccountIds: `aws:allowedAccountIds` is missing; `aws:allowedAccountIds` must be a list with the stack's one account; add `aws:allowedAccountIds`",
      `Pulumi.staging.yaml:1:1 config: ${neither}`,
    ],
  ],
  ["a workload stack without its environment", withoutEnvironment(""), [lacksEnvironment]],
  [
    "a workload stack with environments in place of its environment",
    withoutEnvironment("  secrets-platform:environments: [staging]\n"),
    [lacksEnvironment, unknownKey("Pulumi.staging.yaml:4:3", "environments", "workload", "environment")],
  ],
  [
    "a workload stack whose environment is misspelt, beside keys of nobody",
    withoutEnvironment("  secrets-platform:enviroment: staging\n  secrets-platform:production: true\n"),
    [lacksEnvironment, unknownKey("Pulumi.staging.yaml:4:32", "enviroment", "workload", "environment")],
  ],
  [
    "a workload stack of production alone",
    {
      ...settings,
      [staging]: `config:
  aws:region: eu-west-1
  aws:allowedAccountIds: ["222222222222"]
  secrets-platform:production: true
`,
    },
    [
      lacksEnvironment,
      "Pulumi.staging.yaml:1:1 config.secrets-platform:network: `secrets-platform:network` is missing; `network` is a map with the keys …; add `secrets-platform:network`",
    ],
  ],
  [
    "a security stack with environment in place of its environments",
    replaced(security, "environments:", "environment:"),
    [
      "Pulumi.security.yaml:1:1 config.secrets-platform:environments: `secrets-platform:environments` is missing; `secrets-platform:environments` must be a list of environments, with at least one entry; add `secrets-platform:environments`",
      unknownKey("Pulumi.security.yaml:4:3", "environment", "security", "environments"),
    ],
  ],
  [
    "a stack's file that says neither what it is nor where",
    {
      ...settings,
      [staging]: `config:
  aws:region: eu-west-1
  secrets-platform:notices: { email: [x] }
  secrets-platform:colour: low
`,
    },
    [
      "Pulumi.staging.yaml:1:1 config.aws:allowedAccountIds: `aws:allowedAccountIds` is missing; `aws:allowedAccountIds` must be a list with the stack's one account; add `aws:allowedAccountIds`",
      `Pulumi.staging.yaml:1:1 config: ${neither}`,
      'Pulumi.staging.yaml:3:39 config.secrets-platform:notices.email.0: found "x"; must be an e-mail address; change it',
      "Pulumi.staging.yaml:4:28 config.secrets-platform:colour: unknown key `secrets-platform:colour`; a stack's configuration is a map with the keys …; remove it",
    ],
  ],
  [
    "an empty file",
    { ...settings, [prod]: "" },
    [
      "Pulumi.prod.yaml:1:1 the file is empty; a stack's file is one YAML document with the settings under `config`; write its settings, or remove it",
    ],
  ],
  [
    "files that are not YAML",
    { ...settings, [project]: "config: [", [prod]: "config:\n\taws:region: eu-west-1" },
    [
      "Pulumi.prod.yaml:2:1 not valid YAML: a tab indents the line; a stack's file is one YAML document with the settings under `config`; correct the line; indent with spaces, and quote texts that hold `: ` or begin with a special character",
      "Pulumi.yaml:1:10 not valid YAML: the indentation does not fit the lines around it, or a bracket is not closed; Pulumi.yaml is one YAML document with the settings under `config`; correct the line; indent with spaces, and quote texts that hold `: ` or begin with a special character",
    ],
  ],
  [
    "a key that stands twice",
    replaced(prod, "nat: per-zone", "nat: per-zone\n    nat: none"),
    [
      "Pulumi.prod.yaml:10:5 config.secrets-platform:network.nat: the key appears a second time, first in line 9; a key appears once in a map; remove or rename one of them",
    ],
  ],
];
