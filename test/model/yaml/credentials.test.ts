import assert from "node:assert/strict";
import { credentialIn, credentialInVariable, credentialUnder, redact } from "../../../model/yaml/credentials";
import { harmless as settings } from "../../policies/credentials/corpus";
import { lines, load, orders } from "../catalogue/support";

/** Made-up credentials, in pieces so that no scanner takes this file for a leak. */
const made: Readonly<Record<string, string>> = {
  "AWS access key": ["AKIA", "QWERTYUIOPASDFGH"].join(""),
  "AWS secret key": ["wJalrXUtnFEMI/K7MDENG", "/bPxRfiCYzQ4tWq8Lm"].join(""),
  "GitHub token": ["ghp", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("_"),
  "GitHub fine-grained token": ["github", "pat", "11ABCDEFG0aBcDeFgHiJkL"].join("_"),
  "GitLab token": ["glpat", "aB3dE6gH9jK2mN5pQ8sT"].join("-"),
  "Slack token": ["xoxb", "123456789012", "abcdefGHIJKL"].join("-"),
  "Stripe key": ["sk", "live", "4eC39HqLyjWDarjtT1zdp7dc"].join("_"),
  "Google key": ["AIza", "SyD3x4mpl3K3yN0tR3a1B2c3D4e5F6g7H8i"].join(""),
  "npm token": ["npm", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("_"),
  "JSON web token": ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJvcmRlcnMifQ", "c2lnbmF0dXJlLW9mLW5vdGhpbmc"].join(
    ".",
  ),
  "private key": ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" "),
  "address with a password": ["postgres://orders", "opensesame@db.internal/orders"].join(":"),
  "connection string": ["Server=db;Password", "opensesame1"].join("="),
  "password in JSON": ['{ "user": "shop", "password"', ' "opensesame" }'].join(":"),
  "authorization header": ["Bearer", "abcdef0123456789abcd"].join(" "),
  "authorization header without digits": ["Authorization: Basic", "b3JkZXJzOm9y"].join(" "),
  "address for Go": ["orders:", "opensesame@tcp(db.internal:3306)/orders"].join(""),
  "hexadecimal key": ["9f86d081884c7d65", "9a2feaa0c55ad015"].join(""),
  "random base 64": ["kJ8s0dLq2Vx9RzT4bN7m", "Wc3YpHf6=="].join(""),
};

/** What manifests hold and is no credential. */
const harmless = [
  "info",
  "https://shop.example.com/orders?page=2&sort=newest",
  "https://auth.example.com/oauth2/token",
  "orders.cluster-c9akciq32rgk.eu-west-1.rds.amazonaws.com",
  "arn:aws:secretsmanager:eu-west-1:333333333333:secret:rds!cluster-6f1c2d3e-AbCdEf",
  "arn:aws:lambda:eu-west-1:111111111111:function:payments-renew-session",
  "6f1c2d3e-8b1a-4c55-9d2e-0a1b2c3d4e5f",
  "public.ecr.aws/docker/library/node:24-slim@sha256:9f86d081884c7d659a2feaa0c55ad0159f86d081884c7d659a2feaa0c55ad015",
  "OrdersServiceProductionConfigurationVersion2",
  "the-quick-brown-fox-jumps-over-the-lazy-dog-2",
  "/var/lib/orders/exports/2026/11/daily-report.csv",
  "eu-west-1_AbCdEfGhI",
  "1h57kf5cpq17m0eml12example",
  "cron(0 4 ? * SUN *)",
  "Signs the webhooks we send; the token is in the partner's portal, not here",
  "com.example.orders.configuration.DatabaseConnectionFactory",
  '{ "rules": [{ "when": { "customer": "new" }, "percent": 5 }] }',
  "curl --fail --silent --config login.txt https://prices.example.com/today",
  "postgres://db.internal:5432/orders",
  "password=${DB_PASSWORD}",
  "orders:${DB_PASSWORD}@tcp(db.internal:3306)/orders",
  "basic information about authorization: none",
  "--token=/run/secrets/token --secret-name=orders/prod/database",
  '{ "passwords": "rotate", "token": 5 }',
  "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "0123456789",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

describe("credentials", () => {
  for (const [what, text] of Object.entries(made)) {
    it(`finds: ${what}`, () => assert.notEqual(credentialIn(text), undefined));
  }

  for (const text of harmless) {
    it(`lets through: ${text.slice(0, 60)}`, () => assert.equal(credentialIn(text), undefined));
  }

  it("takes the name for a hint", () => {
    assert.equal(credentialUnder("log-level", "Hunter22x"), undefined);
    assert.notEqual(credentialUnder("partner-password", "Hunter22x"), undefined);
    assert.equal(credentialUnder("token-address", "Hunter22x"), undefined);
    assert.equal(credentialUnder("partner-token", "https://auth.example.com/Token1"), undefined);
  });

  it("are never repeated by an error, wherever they stand", () => {
    const places: readonly ((text: string) => string)[] = [
      (text) =>
        orders(`parameters:\n  setting: { description: A setting, type: String, value: ${quote(text)} }`),
      (text) => orders(`parameters:\n  setting: { description: ${quote(text)}, type: String, value: x }`),
      (text) => orders(`parameters:\n  setting: { description: A setting, type: ${quote(text)}, value: x }`),
      (text) => orders(`parameters:\n  ${quote(text)}: { description: A setting, type: String, value: x }`),
      (text) => orders(`${quote(text)}: x`),
      (text) => orders(`secrets:\n  ${quote(text)}: { description: A secret }`),
      (text) => orders(`consumers:\n  api: { kind: lambda, reads: [${quote(text)}] }`),
      (text) => orders(`consumers:\n  api: { kind: ecs, environment: { A: ${quote(text)} } }`),
      (text) => orders(`consumers:\n  api: { kind: ecs, command: [${quote(text)}] }`),
      (text) => orders(`consumers:\n  api: { kind: ${quote(text)} }`),
      (text) => orders(`key: ${quote(text)}`),
      (text) => `service: ${quote(text)}\n`,
      (text) => `owner: ${quote(text)}\nservice: orders\nenvironments: [${quote(text)}]\n`,
    ];
    for (const [what, text] of Object.entries(made)) {
      places.forEach((place, index) => {
        const printed = lines(load({ orders: place(text) }));
        assert.ok(
          printed.some((line) => line.includes("looks like")),
          `${what} in place ${index} was not found:\n${printed.join("\n")}`,
        );
        assert.ok(!printed.join("\n").includes(text), `${what} in place ${index} was repeated`);
      });
    }
  });

  it("are found in comments and in the text of a block", () => {
    const token = made["Slack token"]!;
    const comment = lines(load({ orders: orders(`consumers:\n  api: { kind: lambda }\n# once ${token}\n`) }));
    assert.deepEqual(
      comment.map((line) => line.split(";")[0]),
      ["services/orders.yaml:7:8 this looks like a Slack token"],
    );
    const key = `${made["private key"]}\n      c2hvcnQ=`;
    const block = orders(
      `parameters:\n  cert:\n    description: A key\n    type: String\n    value: |\n      ${key}\n`,
    );
    assert.deepEqual(
      lines(load({ orders: block })).map((line) => line.split(";")[0]),
      ["services/orders.yaml:9:12 parameters.cert.value: this looks like a private key"],
    );
  });

  it("leaves commit hashes in image tags alone", () => {
    const image =
      "222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders:9f86d081884c7d659a2feaa0c55ad0159f86d081";
    assert.deepEqual(
      lines(load({ orders: orders(`consumers:\n  api: { kind: ecs, image: "${image}" }`) })),
      [],
    );
  });

  it("redacts long and strange texts", () => {
    assert.equal(redact("x".repeat(200)), undefined);
    assert.equal(redact("a\nb"), undefined);
    assert.equal(redact("30 days"), "30 days");
  });
});

function quote(text: string): string {
  return JSON.stringify(text);
}

describe("credentials in variables", () => {
  it("are simple texts too, under a name that announces one", () => {
    for (const text of ["postgres", "hunter2", "a b c", "12345678", "changeme", "${OTHER}"])
      assert.notEqual(credentialInVariable("DB_PASSWORD", text), undefined, text);
  });

  it("are not what says where one is or switches something, nor any setting of the corpus", () => {
    for (const text of ["", "true", "off", "4096", "1.2.3", "orders/prod/database", "/run/secrets/password"])
      assert.equal(credentialInVariable("DB_PASSWORD", text), undefined, text);
    for (const [name, text] of settings.filter(([, value]) => !value.startsWith("{{resolve:")))
      assert.equal(credentialInVariable(name, text), undefined, name);
  });

  it("are not the names of variables and environments", () => {
    const variables = "{ dbPassword1: none, DB_PASSWORD: { staging: none, prod: off } }";
    const consumer = `consumers: { web: { kind: ecs, variables: ${variables} } }`;
    assert.deepEqual(lines(load({ orders: orders(consumer) })), []);
  });
});
