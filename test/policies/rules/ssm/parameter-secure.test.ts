import { parameterSecure } from "../../../../policies/rules/ssm/parameter-secure";
import { emptyJwks } from "../../../../model/values/jwks";
import { testRule } from "../../support/cases";
import { publicTexts, secretTexts } from "../../../support/publicTexts";
import { canary, declare, later } from "../../support/program";

const parameter = (type: string, name: string, value: string) => declare("parameter", { type, name, value });

testRule(parameterSecure, {
  settings: { publicParameters: ["/orders/prod/site-token"] },
  passes: {
    ...Object.fromEntries(
      // The path of an address may be one, so that a name decides.
      Object.entries(publicTexts)
        .filter(([what]) => !what.includes("address"))
        .map(([what, text]) => [
          `${what}, under the name of a credential`,
          parameter("String", "/orders/prod/partner-token", text),
        ]),
    ),
    "where a file with a credential is": parameter(
      "String",
      "/orders/prod/google-credentials",
      "/var/run/secrets/google.json",
    ),
    "public keys": parameter("String", "/orders/prod/token-key.jwks", emptyJwks),
    "what is said to be public": parameter("String", "/orders/prod/site-token", canary),
    "a plain setting of an unknown type": parameter(later, "/orders/prod/log-level", "info"),

    "where the values of a consumer are that is named like a credential": parameter(
      "String",
      "/orders/prod/platform/token",
      '{"secrets":[{"name":"DB_PASSWORD","valueFrom":"arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf:password::"}]}',
    ),
    "plain settings": parameter("String", "/orders/prod/log-level", "info"),
    "a list": parameter(
      "StringList",
      "/orders/prod/allowed-origins",
      "https://shop.example.com,https://example.com",
    ),
    "a SecureString": parameter("SecureString", "/orders/prod/partner-token", canary),
    "where a credential is": parameter("String", "/orders/prod/database-secret", "orders/prod/database"),
    "how long a credential is": parameter("String", "/orders/prod/password-length", "32"),
    "a URL": parameter("String", "/orders/prod/token-url", "https://login.example.com/token"),
  },
  fails: {
    "a credential in that place": {
      program: parameter("String", "/orders/prod/platform/token", `{"password":"${canary}"}`),
      at: "value holds",
    },
    "the form of a credential, whatever is said": {
      program: parameter("String", "/orders/prod/site-token", secretTexts["a PEM private key"]!),
      at: "value holds what looks like a private key",
    },
    ...Object.fromEntries(
      ["d", "p", "q", "dp", "dq", "qi"].map((member) => [
        `public keys with the private member ${member}, though they are said to be public`,
        {
          program: parameter(
            "String",
            "/orders/prod/site-token",
            `{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","${member}":"c2VjcmV0LWNhbmFyeS1rZXk"}]}`,
          ),
          at: "value holds what looks like a private key",
        },
      ]),
    ),
    "in a tag": {
      program: declare("parameter", {
        type: "String",
        name: "/orders/prod/log-level",
        value: "info",
        tags: { database: `postgres://orders:${canary}@db.prod.internal/orders` },
      }),
      at: "tags.database holds what looks like a URL with a password",
    },

    "a token's name": {
      program: parameter("String", "/orders/prod/partner-token", canary),
      at: "name is named like",
    },
    "a password's name in a list": {
      program: parameter("StringList", "/orders/prod/dbPassword", canary),
      at: "name is",
    },
    "a password inside a URL": {
      program: parameter(
        "String",
        "/orders/prod/database-url",
        `postgres://orders:${canary}@db.prod.internal/orders`,
      ),
      at: "value holds what looks like a URL with a password",
    },
    "a private key": {
      program: declare("parameter", {
        type: "String",
        name: "/orders/prod/certificate",
        insecureValue: `-----BEGIN EC PRIVATE KEY-----\n${canary}`,
      }),
      at: "insecureValue holds what looks like a private key",
    },
    "a token's name, the value unknown": {
      program: parameter("String", "/orders/prod/partner-token", later),
      at: "name is a credential's",
    },
  },
  undecided: {
    "the type of a token": {
      program: parameter(later, "/orders/prod/partner-token", canary),
      at: "type is not known",
    },
    "the value": { program: parameter("String", "/orders/prod/endpoint", later), at: "value is not known" },
  },
});
