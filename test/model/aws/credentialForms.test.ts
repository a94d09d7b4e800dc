import assert from "node:assert/strict";
import { credentialOffsets } from "../../../model/aws/credentialForms";
import { credentialIn } from "../../../model/yaml/credentials";
import { evaluate } from "../../../policies/pack/evaluate";
import { functionEnvSecret } from "../../../policies/rules/lambda/function-env-secret";
import { forms, harmless } from "../../policies/credentials/corpus";
import { declare } from "../../policies/support/program";

const run = (length: number) => "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0".repeat(5).slice(0, length);

/** Made-up credentials that one detector or the other once let through, in pieces so that no scanner takes them for a leak. */
const further: Readonly<Record<string, string>> = {
  "a Vault token": ["hvs", run(30)].join("."),
  "a token of Terraform": [run(14), "atlasv1", run(64)].join("."),
  "a PyPI token": ["pypi", run(60)].join("-"),
  "a Docker token": ["dckr", "pat", run(27)].join("_"),
  "a Bearer token": ["Authorization: Bearer", run(20)].join(" "),
  "basic authentication": ["Basic", run(24)].join(" "),
  "a JDBC address": ["jdbc:postgresql://db.internal/orders?user=orders&password", "hunter2x"].join("="),
  "a JDBC address of Oracle": ["jdbc:oracle:thin:orders", "hunter2x@//db.internal:1521/orders"].join("/"),
  "an account key of Azure": [
    "DefaultEndpointsProtocol=https;AccountName=orders;AccountKey",
    `${run(86)}==`,
  ].join("="),
  "a shared access key of Azure": ["Endpoint=sb://orders/;SharedAccessKey", `${run(43)}=`].join("="),
  "a shared access signature": [
    "https://orders.blob.core.windows.net/exports?sv=2024-11-04&se=2027&sig",
    run(43),
  ].join("="),
  "a client secret of Azure": ["x7b8Q", `${run(34)}`].join("~"),
  "a 1Password token": ["ops", `eyJ${run(120)}`].join("_"),
  "an Anthropic key": ["sk-ant-api03", run(95)].join("-"),
  "an OpenAI key": ["sk-proj", run(60)].join("-"),
  "a Linear key": ["lin", "api", run(40)].join("_"),
  "a Shopify token": ["shpat", run(32)].join("_"),
  "a GitLab token of a runner": ["glrt", run(20)].join("-"),
  "a Slack token of an app": ["xapp-1", "A0123456789-1234567890", run(30)].join("-"),
  "an age key": ["AGE-SECRET-KEY-1", run(40).toUpperCase()].join(""),
  "a private key in base 64": Buffer.from(`-----BEGIN ${"PRIVATE KEY"}-----\nMIIE`).toString("base64"),
  "a token behind an underscore": ["old_ghp", run(36)].join("_"),
  "a password in JSON": ['{"user":"orders","password"', '"opensesame"}'].join(":"),
  "a short password in a connection string": ["Server=db;Pwd", "abc1;"].join("="),
  "a password with a dollar": ["postgres://orders", "pa$$w0rd@db.internal/orders"].join(":"),
  "a password with a quotation mark": ["postgres://orders", 'pa"$$w0rd@db.internal/orders'].join(":"),
  "a URL with a password in JSON": [
    '[{"name":"URL","value":"redis://:',
    'c0rrect-horse@cache.internal"}]',
  ].join(""),
  "a token in a command": ["--token", "hunter2hunter2"].join("="),
};

/** What a detector once took for a credential, or could. */
const furtherHarmless: readonly string[] = [
  "--secret=orders/prod/database",
  "--token=/run/secrets/token",
  "secret=arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf",
  "password=${DB_PASSWORD}",
  "TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`",
  "postgres://orders:{{password}}@db.internal/orders",
  "postgres://orders:prefix-${DB_PASSWORD}@db.internal/orders",
  "https://user:<token>@packages.example.com/simple",
  "Bearer realm=orders",
  "jdbc:oracle:thin:@//db.internal:1521/orders",
  '{ "passwords": "rotate", "token": 5 }',
  '[{"name":"URL","value":"http://localhost:3000"},{"name":"MAIL_FROM","value":"orders@example.com"}]',
  '{"site":"https://orders.example.com","mail":"orders@example.com"}',
  '{"hosts":["http://localhost:3000"],"mail":"orders@example.com"}',
  "desk-assistant-for-the-second-floor-2",
  "https://github.com/example/orders/issues?q=sig",
];

function packTakes(value: string): boolean {
  const program = declare("function", {
    role: "r",
    kmsKeyArn: "arn:aws:kms:eu-west-1:333333333333:key/3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    environment: { variables: { SETTING: value } },
  });
  return evaluate([functionEnvSecret], [program]).length > 0;
}

describe("the forms of credentials", () => {
  for (const [what, text] of [...Object.entries(further), ...forms]) {
    it(`are told in a manifest and in a Lambda variable alike: ${what}`, () => {
      assert.notEqual(credentialIn(text), undefined, "the manifest lets it through");
      assert.ok(packTakes(text), "the pack lets it through");
    });
  }

  for (const text of [...furtherHarmless, ...harmless.map(([, value]) => value)]) {
    it(`let through: ${text.slice(0, 60)}`, () => {
      assert.ok(!packTakes(text), "the pack takes it for a credential");
      // A number of a commit looks random where no name says what it is.
      if (!/^[0-9a-f]{40}$/.test(text)) assert.equal(credentialIn(text), undefined);
    });
  }

  it("are told once where several fit", () => {
    const text = ["# aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "bPxRfiCYzzzzzzzKEY"].join("/");
    assert.deepEqual(
      credentialOffsets(text).map(({ what }) => what),
      ["an AWS secret key"],
    );
  });
});
