/** Settings as plain data, by file, in which nothing is wrong and every key that takes a text has one. */
export const everySetting: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "Pulumi.yaml": {
    organizationId: "o-exampleorgid",
    accounts: { security: "111111111111", staging: "222222222222" },
    principals: {
      deployer: "platform-deployer",
      administrators: ["teams/administrator"],
      foundation: ["stacksets-exec-*"],
      writers: { trusted: ["aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Writers_????????????????"] },
      developers: { trusted: ["teams/developer"], environments: ["staging"] },
      auditors: { trusted: ["teams/auditor"] },
      breakGlass: { trusted: ["teams/on-call"], mfa: "iam" },
    },
  },
  "Pulumi.security.yaml": {
    ...ofEveryStack("111111111111"),
    "secrets-platform:environments": ["staging"],
    "secrets-platform:rotationNetwork": {
      staging: {
        tls: "verify-full",
        subnetIds: ["subnet-0a1b2c3d4e5f60001"],
        securityGroupIds: ["sg-0a1b2c3d4e5f60001"],
      },
    },
    "secrets-platform:logArchive": {
      ...{ lockDays: 365, keepDays: 2557 },
      queries: { scanLimitGigabytes: 100, regions: ["eu-central-1"] },
    },
  },
  "Pulumi.staging.yaml": {
    ...ofEveryStack("222222222222"),
    "secrets-platform:environment": "staging",
    "secrets-platform:production": "true",
    "secrets-platform:network": {
      cidr: "10.20.0.0/16",
      availabilityZones: 2,
      nat: "none",
      flowLogs: { days: 365, traffic: "all" },
    },
    "secrets-platform:boundary": [
      { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:eu-west-1:222222222222:*"] },
    ],
  },
};

function ofEveryStack(account: string): Readonly<Record<string, unknown>> {
  return {
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": [account],
    "secrets-platform:trail": "existing",
    "secrets-platform:trailLogGroup": "audit/cloudtrail",
    "secrets-platform:accessAnalyzer": "existing",
    "secrets-platform:alarms": {
      namePrefix: "platform",
      expectedAddresses: ["203.0.113.0/24"],
      expectedRoles: ["rotation/*"],
      outsideNetwork: ["services/orders-staging-reports"],
      deployerChanges: "report",
    },
    "secrets-platform:notices": {
      email: ["security@example.com"],
      owners: ["orders-team@example.com"],
      https: ["https://alerts.example.com/aws"],
      slack: [{ workspace: "T0123ABCDEF", channel: "C0123ABCDEF" }],
      teams: [
        {
          tenant: "1234abcd-12ab-34cd-56ef-1234567890ab",
          team: "1234abcd-12ab-34cd-56ef-1234567890ac",
          channel: "19:0123abcd@thread.tacv2",
        },
      ],
    },
  };
}

/** The text of one of the files. */
export function settingsText(name: string, settings: Readonly<Record<string, unknown>>): string {
  const config =
    name === "Pulumi.yaml"
      ? Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, { value }]))
      : settings;
  return JSON.stringify({ name: "secrets-platform", runtime: "nodejs", config });
}
