/** Parts of a stack's file, as the page shows them; a test loads each. Together they hold every setting. */

export const trailExample = `# Pulumi.prod.yaml: the account has a trail of its own
config:
  secrets-platform:trail: existing
  secrets-platform:trailLogGroup: audit/cloudtrail
`;

export const analyzerExample = `# Pulumi.prod.yaml: an analyzer of the organisation looks at this account
config:
  secrets-platform:accessAnalyzer: existing
`;

export const alarmsExample = `# Pulumi.prod.yaml
config:
  secrets-platform:alarms:
    namePrefix: shop-secrets
    # An office whose people run consumers by hand, and one address of a partner.
    expectedAddresses: [203.0.113.0/24, 198.51.100.7]
    # A runner of migrations that is no consumer, and every role under tools/.
    expectedRoles: [migrations, tools/*]
    # One consumer runs on machines outside this network.
    outsideNetwork: [services/orders/orders-prod-reports]
    readsInFiveMinutes: 5000
    readsBand: 6
    deniedReads: 3
    unauthorisedCalls: 25
    failedSignIns: 5
    deployerChanges: report
`;

export const noticesExample = `# Pulumi.prod.yaml
config:
  secrets-platform:notices:
    email: [platform@example.com]
    # As \`owner\` in the services' manifests.
    owners: [orders-team@example.com, catalog-team@example.com]
    https: [https://alerts.example.com/aws]
    slack:
      - { workspace: T0123ABCDEF, channel: C0123ABCDEF }
    teams:
      - tenant: 0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f
        team: 1a1b2c3d-0000-4000-8000-0a1b2c3d4e5f
        channel: "19:0123abcd@thread.tacv2"
`;
