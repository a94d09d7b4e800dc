import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { toRetireFirst, valuesToSet } from "../../../model/changes/afterMerge";
import { compare } from "../../../model/changes/compare";
import { inventoryOfPlan } from "../../../model/changes/ofPlan/inventory";
import { partnersPlan } from "../plan/support/partners";
import { planOf, samplePlan, shardedSamplePlan, withCopy } from "../plan/support/samples";

/** Files changed, each by what stands in place of what. */
type Edits = readonly (readonly [file: string, from: string, to: string])[];

const before = inventoryOfPlan(samplePlan(), []);

function inventoryAfter(edits: Edits) {
  return withCopy((root) => {
    for (const [file, from, to] of edits) {
      const path = join(root, file);
      const text = readFileSync(path, "utf8");
      assert.ok(text.includes(from), `${file} has no ${from}`);
      writeFileSync(path, text.replace(from, to));
    }
    return inventoryOfPlan(planOf(root), []);
  });
}

const said = (edits: Edits, effects: readonly string[]) => {
  const after = inventoryAfter(edits);
  const lines = (one: typeof after, other: typeof after) =>
    compare(one, other)
      .filter(({ effect }) => effects.includes(effect))
      .map(({ effect, about, text }) => `${effect} ${about}: ${text}`);
  return { there: lines(before, after), back: lines(after, before) };
};

const orders = "services/orders.yaml";
const prod = "Pulumi.prod.yaml";
const security = "Pulumi.security.yaml";
const organisation = "Pulumi.yaml";

/** Each widens so one way, and narrows the other way unless it says that either way is to be looked at. */
const widening: readonly (readonly [string, Edits, readonly string[], "either"?])[] = [
  [
    "a role that reads one thing more",
    [
      [
        orders,
        "instanceType: t4g.small, reads: [database]",
        "instanceType: t4g.small, reads: [database, partner-token]",
      ],
    ],
    [
      "orders/prod: reports may read partner-token (SecureString)",
      "orders/staging: reports may read partner-token (SecureString)",
    ],
  ],
  [
    "a value that is put into a task at its start",
    [
      [
        orders,
        "      LOG_LEVEL: log-level\n",
        "      LOG_LEVEL: log-level\n      KEY: webhook-signing-key\n",
      ],
    ],
    [
      "orders/prod: worker (at its start) may read webhook-signing-key (secret)",
      "orders/staging: worker (at its start) may read webhook-signing-key (secret)",
    ],
  ],
  [
    "a value that is written into a file of a task at its start",
    [
      [
        orders,
        "    rollout: { cluster: orders, service: worker }\n",
        "    rollout: { cluster: orders, service: worker }\n    entryPoint: [/start]\n    files: { /run/app/key: webhook-signing-key }\n",
      ],
    ],
    [
      "orders/prod: worker (at its start) may read webhook-signing-key (secret)",
      "orders/staging: worker (at its start) may read webhook-signing-key (secret)",
    ],
  ],
  [
    "a service that may name an item",
    [[orders, "shareWith: [notifications]", "shareWith: [notifications, reporting]"]],
    [
      "orders/prod: secret webhook-signing-key: services that may name it gains reporting",
      "orders/staging: secret webhook-signing-key: services that may name it gains reporting",
    ],
  ],
  [
    "a rotation that comes more seldom",
    [
      [
        orders,
        "method: postgres-alternating-users, every: 30 days",
        "method: postgres-alternating-users, every: 60 days",
      ],
    ],
    [
      "orders/prod: secret database: most days between rotations 30 → 60",
      "orders/staging: secret database: most days between rotations 30 → 60",
    ],
  ],
  [
    "a parameter that lives longer than it did",
    [
      [
        orders,
        "after: 90 days, warn: 14 days",
        "never: true, reason: The partner has one token only, remind: 90 days",
      ],
    ],
    [
      "orders/prod: partner-token is said never to expire",
      "orders/staging: partner-token is said never to expire",
    ],
  ],
  [
    "a value that is encrypted no more, in another account",
    [
      [
        orders,
        "type: SecureString\n    expires: { after: 90 days, warn: 14 days }",
        "type: String\n    value: open",
      ],
    ],
    [
      "orders/prod: parameter partner-token: encrypted true → false",
      "orders/staging: parameter partner-token: encrypted true → false",
    ],
  ],
  [
    "a login of another user",
    [[orders, "username: orders\n", "username: owner\n"]],
    [
      "orders/prod: secret database: database user orders → owner",
      "orders/staging: secret database: database user orders → owner",
    ],
    "either",
  ],
  [
    "a build whose code comes from elsewhere",
    [[orders, "source: https://github.com/example/orders", "source: https://github.com/else/orders"]],
    [
      "orders/prod: consumer release: source of its builds GITHUB https://github.com/example/orders → GITHUB https://github.com/else/orders",
      "orders/staging: consumer release: source of its builds GITHUB https://github.com/example/orders → GITHUB https://github.com/else/orders",
    ],
    "either",
  ],
  [
    "developers of one environment more",
    [[organisation, "environments: [staging]", "environments: [staging, prod]"]],
    ["organisation: principals.developers.environments gains prod"],
  ],
  [
    "one role more that may break the glass",
    [
      [
        organisation,
        "administrators: [platform-administrator]",
        "administrators: [platform-administrator, ops]",
      ],
    ],
    ["organisation: principals.administrators gains ops"],
  ],
  [
    "an alarm that takes more for usual",
    [[prod, "config:\n", "config:\n  secrets-platform:alarms: { deniedReads: 5 }\n"]],
    ["prod: alarms.deniedReads 1 → 5", "prod: alarm denied-reads: threshold 1 → 5"],
  ],
  [
    "an environment that is production no more",
    [[prod, "secrets-platform:production: true", "secrets-platform:production: false"]],
    ["prod: production true → false"],
  ],
  [
    "services that may do more beside",
    [[prod, "actions: [sqs:ReceiveMessage", "actions: [sqs:PurgeQueue, sqs:ReceiveMessage"]],
    ["prod: boundary gains sqs:PurgeQueue on arn:aws:sqs:eu-west-1:333333333333:*"],
  ],
  ["a network with a way out", [[prod, "nat: none", "nat: single"]], ["prod: network.way out false → true"]],
  [
    "records that are locked for a shorter time",
    [[security, "lockDays: 365", "lockDays: 30"]],
    ["security: logArchive.lockDays 365 → 30"],
  ],
  [
    "somebody who is told no more",
    [[prod, "email: [platform@example.com]", "email: [other@example.com]"]],
    ["prod: notices.email loses platform@example.com"],
    "either",
  ],
];

describe("what changed between two Plans", function () {
  this.timeout(120_000);

  for (const [name, edits, expected, either] of widening) {
    it(`takes for widened: ${name}`, () => {
      const { there, back } = said(edits, ["widened", "narrowed"]);
      const widened = there.filter((line) => line.startsWith("widened "));
      for (const line of expected) assert.ok(widened.includes(`widened ${line}`), there.join("\n"));
      assert.equal(widened.length, expected.length, there.join("\n"));
      if (either === undefined)
        assert.deepEqual(
          back.filter((line) => !line.startsWith("narrowed ")),
          [],
        );
      else assert.ok(back.some((line) => line.startsWith("widened ")));
    });
  }

  it("tells how a task starts, and which of its containers run first", () => {
    const payments = "services/payments.yaml";
    const { there } = said(
      [
        [payments, "/run/vault/key: card-vault.key", "/run/vault/other: card-vault.key"],
        [payments, "        init: true\n", ""],
        [payments, "[/usr/local/bin/docker-entrypoint.sh]", "[/start]"],
      ],
      ["neutral"],
    );
    assert.deepEqual(
      there.filter((line) => line.startsWith("neutral payments/prod")),
      [
        "entry point changed",
        "files gains /run/vault/other=payments/card-vault.key",
        "files loses /run/vault/key=payments/card-vault.key",
        "init of migrate true → (nothing)",
      ].map((text) => `neutral payments/prod: consumer ledger-writer: ${text}`),
    );
  });

  it("takes the role of a team's own rotation function for one that reads", () => {
    const { there } = said(
      [["services/payments.yaml", "role/rotation/payments/renew-session", "role/rotation/payments/other"]],
      ["widened", "narrowed"],
    );
    const line = (effect: string, environment: string, name: string) =>
      `${effect} payments/${environment}: arn:aws:iam::111111111111:role/rotation/payments/${name} may read and write ` +
      "provider-session (secret), to rotate it";
    assert.deepEqual(there, [
      line("widened", "prod", "other"),
      line("widened", "staging", "other"),
      line("narrowed", "prod", "renew-session"),
      line("narrowed", "staging", "renew-session"),
    ]);
  });

  it("takes an instance whose containers get its role for wider than one that keeps it to itself", () => {
    const { there, back } = said([[orders, "hopLimit: 1", "hopLimit: 2"]], ["widened", "narrowed"]);
    const line = (effect: string, environment: string, change: string) =>
      `${effect} orders/${environment}: consumer reports: network hops of the instance's credentials ${change}`;
    assert.deepEqual(
      there,
      ["prod", "staging"].map((one) => line("widened", one, "1 → 2")),
    );
    assert.deepEqual(
      back,
      ["prod", "staging"].map((one) => line("narrowed", one, "2 → 1")),
    );
  });

  it("takes another partner for widened either way, and knows what a partner is told", () => {
    const lines = (from: string, to: string) => {
      const [one, other] = [partnersPlan(), partnersPlan(from, to)].map((plan) => inventoryOfPlan(plan, []));
      return compare(one!, other!)
        .filter(({ about }) => about === "sales/prod")
        .map(({ effect, text }) => `${effect}: ${text}`);
    };
    const salesforce = "type: SalesforceClientSecret, every: 30 days, metadata: { apiVersion: v65.0 }";
    const another = lines(salesforce, "type: BigIDClientSecret, every: 30 days");
    assert.deepEqual(
      another.filter((line) => line.startsWith("widened")),
      ["widened: secret crm: partner that rotates it SalesforceClientSecret → BigIDClientSecret"],
    );
    assert.deepEqual(lines("apiVersion: v65.0", "apiVersion: v66.0"), [
      "neutral: secret crm: what the partner is told gains apiVersion: v66.0",
      "neutral: secret crm: what the partner is told loses apiVersion: v65.0",
    ]);
  });

  it("takes an account more for widened, and knows what moves there", () => {
    const after = inventoryOfPlan(shardedSamplePlan(), []);
    const changes = compare(before, after);
    assert.deepEqual(
      changes
        .filter(({ effect, kind }) => effect === "widened" && kind === "account")
        .map(({ text }) => text),
      ["account 444444444444, a security account"],
    );
    assert.ok(!changes.some(({ kind, change }) => kind === "secret" && change !== "changed"));
    assert.ok(
      toRetireFirst(before, after).some(
        ({ stack, name }) => stack === "security" && name === "orders/prod/database",
      ),
    );
  });

  it("tells what is to be set, and of a login that is used elsewhere", () => {
    const after = inventoryAfter([
      [
        orders,
        "parameters:\n",
        "parameters:\n  key: { description: Key, type: SecureString, expires: { after: 30 days } }\n  old: { description: Key, type: SecureString, expires: { after: 30 days }, retire: true }\n",
      ],
      [orders, "name: orders\n", "name: other\n"],
    ]);
    assert.deepEqual(
      valuesToSet(before, after).map(({ stack, item, why }) => `${stack} ${item} ${why}`),
      [
        "security orders/prod/key new",
        "security orders/staging/key new",
        "security orders/prod/database login",
        "security orders/staging/database login",
      ],
    );
  });

  it("tells what has to be retired first: in production, and once only", () => {
    const gone: Edits = [
      [
        orders,
        "  partner-token: # supplied with `platform set`\n    description: Token the shipping partner gave us\n    type: SecureString\n    expires: { after: 90 days, warn: 14 days }\n",
        "",
      ],
      [orders, ", partner-token,", ","],
    ];
    const after = inventoryAfter(gone);
    assert.deepEqual(toRetireFirst(before, after), [
      { stack: "security", name: "/orders/prod/partner-token" },
    ]);
    const retired = inventoryAfter([
      [
        orders,
        "    expires: { after: 90 days, warn: 14 days }\n",
        "    expires: { after: 90 days, warn: 14 days }\n    retire: true\n",
      ],
    ]);
    assert.deepEqual(toRetireFirst(retired, after), []);
    assert.deepEqual(toRetireFirst(before, before), []);
  });
});
