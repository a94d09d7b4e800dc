import assert from "node:assert/strict";
import { credentialIn, credentialUnder } from "../../../model/yaml/credentials";
import { publicValues } from "../../../model/notes/publicValues";
import type { Plan } from "../../../model/plan/types";
import { commit, knownSecretTexts, publicTexts, secretTexts } from "../../support/publicTexts";
import { lines, load, loadValid, orders } from "./support";

/** A manifest with one String of that name. */
const withString = (name: string, value: string, ...more: readonly string[]) =>
  orders(
    [
      "parameters:",
      `  ${name}:`,
      "    description: A setting",
      "    type: String",
      `    value: ${JSON.stringify(value)}`,
      ...more.map((line) => `    ${line}`),
      "",
    ].join("\n"),
  );
const said = "public: Anybody may know it";

describe("public values", () => {
  for (const [what, text] of Object.entries(publicTexts)) {
    it(`pass by their form, under any name: ${what}`, () => {
      for (const name of ["setting", "signing-key", "partner-token"]) {
        assert.deepEqual(lines(load({ orders: withString(name, text) })), [], name);
      }
    });
  }

  for (const [what, text] of Object.entries(secretTexts)) {
    it(`are not: ${what}`, () => {
      const [line = ""] = lines(load({ orders: withString("setting", text) }));
      assert.match(line, /looks like/);
      assert.ok(!line.includes(text));
    });
  }

  it("are names of classes, however long, and no random text of their length", () => {
    for (const name of [
      "com.example.orders.infrastructure.persistence.Postgres16OrderRepository2ImplementationFactory",
      "org.springframework.security.oauth2.server.resource.OAuth2ResourceServerAutoConfiguration",
      "io.netty.handler.codec.http2.InboundHttp2ToHttpAdapterBuilder",
    ]) {
      assert.equal(credentialIn(name), undefined, name);
    }
    assert.notEqual(credentialIn("com.example.k8Jq2Vx9RzT4bN7mWc3YpHf6"), undefined);
  });

  it("are numbers of commits where the name says so", () => {
    for (const name of ["release-commit", "git-sha", "build-revision", "image-digest"]) {
      assert.equal(credentialUnder(name, commit), undefined, name);
    }
    assert.notEqual(credentialUnder("partner", commit), undefined);
  });

  it("are where a file is", () => {
    for (const path of ["/var/run/secrets/google.json", "/etc/ssl/private/Orders2.pem", "./config/key.pem"]) {
      assert.equal(credentialUnder("google-credentials", path), undefined, path);
    }
    assert.notEqual(credentialUnder("google-credentials", "/Xk3+9fj2"), undefined);
  });

  it("are what their owner gives a reason for, unless their form is a credential's", () => {
    for (const [what, text] of Object.entries(secretTexts)) {
      const found = lines(load({ orders: withString("setting", text, said) }));
      assert.equal(found.length > 0, knownSecretTexts.includes(what), `${what}: ${found.join("\n")}`);
    }
    const list = orders(
      `parameters:\n  keys: { description: Keys, type: StringList, value: [${commit}], ${said} }\n`,
    );
    assert.deepEqual(lines(load({ orders: list })), []);
    assert.deepEqual(lines(load({ orders: withString("partner-token", "Hunter22x", said) })), []);
  });

  it("need that reason: it is told, a blank one is none, and a credential in it is found", () => {
    const [line = ""] = lines(load({ orders: withString("setting", commit) }));
    assert.match(line, /say why with `public: REASON`/);
    const blank = lines(load({ orders: withString("setting", commit, 'public: " "') }));
    assert.equal(blank.length, 2, blank.join("\n"));
    const [known = ""] = lines(load({ orders: withString("setting", secretTexts["a PEM private key"]!) }));
    assert.doesNotMatch(known, /public: REASON/);
    assert.match(
      lines(load({ orders: withString("setting", "x", `public: ${commit}`) }))[0] ?? "",
      /public: this looks/,
    );
  });

  it("lift the guess of their own value only", () => {
    const other = withString("setting", "x", said).concat(
      `  other: { description: A setting, type: String, value: ${commit} }\n`,
    );
    assert.match(lines(load({ orders: other })).join("\n"), /parameters\.other\.value: this looks like/);
  });

  it("are no SecureString", () => {
    const secure = orders(
      `parameters:\n  token: { description: T, type: SecureString, expires: { after: 30 days }, ${said} }\n`,
    );
    assert.match(lines(load({ orders: secure })).join("\n"), /only a String or StringList is public/);
  });

  it("show their reason to reviewers, where it stands", () => {
    const [service] = loadValid({ orders: withString("setting", commit, said) }).services;
    const [parameter] = service!.parameters;
    const plan = { parameters: [{ item: "setting", public: parameter!.public }] } as unknown as Plan;
    assert.deepEqual(publicValues(plan), [
      {
        file: "services/orders.yaml",
        line: 10,
        column: 13,
        note: "setting is said to be public: Anybody may know it",
      },
    ]);
  });
});

describe("texts of one line", () => {
  it("may stand behind `|`, whose line feed at the end is no second line", () => {
    const { services } = loadValid({
      orders: orders(
        [
          "secrets:",
          "  signing-key:",
          "    description: |",
          "      Signs webhooks",
          "    rotation: { method: generated, every: 30 days }",
          "",
        ].join("\n"),
      ).replace("description: Takes orders", "description: |\n  Takes orders"),
    });
    assert.equal(services[0]?.description, "Takes orders");
    assert.equal(services[0]?.secrets[0]?.description, "Signs webhooks");
  });
});

describe("names of secrets that end as ARNs do", () => {
  const named = (...names: readonly string[]) =>
    lines(
      load({
        orders: orders(
          `secrets:\n${names.map((name) => `  ${name}: { description: A, rotation: { method: generated, every: 30 days } }\n`).join("")}`,
        ),
      }),
    );

  it("come with one that is allowed, and not taken", () => {
    for (const [name, proposed] of [
      ["client-secret", "client-secret-value"],
      ["api-tokens", "api-token"],
      ["the-name-of-a-long-partner-secret".slice(0, 32), undefined],
    ] as const) {
      const [line = ""] = named(name);
      if (proposed === undefined) continue;
      assert.match(line, new RegExp(`call it \`${proposed}\`, say`));
      assert.deepEqual(named(proposed), []);
    }
    assert.match(named("api-tokens", "api-token")[0] ?? "", /call it `api-tokens-value`, say/);
  });

  it("come with one even where no more letters fit", () => {
    const [line = ""] = named("signs-what-a-partner-gets-secret");
    const proposed = /call it `([^`]+)`/.exec(line)?.[1] ?? "";
    assert.deepEqual(named(proposed), [], line);
  });
});
