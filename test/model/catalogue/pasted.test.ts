import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadCatalogue } from "../../../model/catalogue/load";
import { lines, load, surroundings } from "./support";

/** In no form of a known issuer, and too short to look random. */
const canary = "hunter2x";
const known = "AKIAIOSFODNN7EXAMPLE";

const secret = (rest: object) => ({
  secrets: { key: { description: "Signs", rotation: { method: "generated", every: "30 days" }, ...rest } },
});
const login = (database: object) =>
  secret({
    rotation: { method: "postgres-single-user", every: "30 days" },
    database: { host: "db.internal", port: 5432, name: "orders", username: "orders", ...database },
  });
const parameter = (rest: object) => ({
  parameters: {
    token: { description: "Token", type: "SecureString", expires: { after: "30 days" }, ...rest },
  },
});
const consumer = (rest: object) => ({ consumers: { api: { kind: "ecs", ...rest } } });

/** Ways to paste a value where none belongs. */
const pasted: Readonly<Record<string, object>> = {
  "password under database": login({ password: canary }),
  "a password by environment": login({ password: { staging: canary, prod: canary } }),
  "in another spelling": login({ dbPassword: canary }),
  "value of a secret": secret({ value: canary }),
  "a list under a secret": secret({ passwords: [canary] }),
  "a number": secret({ pin: 739184 }),
  "value of a SecureString": parameter({ value: canary }),
  "a secret that is a text": { secrets: { "db-password": canary } },
  "a parameter that is a text": { parameters: { "db-password": canary } },
  "a rotation that is a text": secret({ rotation: canary }),
  "a key of a rotation": secret({
    rotation: { method: "generated", every: "30 days", client_secret: canary },
  }),
  "a key of a consumer": consumer({ api_key: canary }),
  "a key of the manifest": { ...consumer({}), token: canary },
  "a variable": consumer({ environment: { DB_PASSWORD: canary } }),
  "a variable that is no reference": consumer({ environment: { API_KEY: `${canary}!A` } }),
  "a key of a rollout": consumer({ rollout: { cluster: "main", service: "web", authToken: canary } }),
  "a credential for a key": consumer({ [known]: 1 }),
};

describe("a credential that was pasted into a manifest", () => {
  const manifest = (rest: object) =>
    stringify({
      service: "orders",
      owner: "orders@example.com",
      description: "Takes orders",
      environments: ["staging", "prod"],
      ...rest,
    });
  const harmless = (text: readonly string[]) =>
    assert.ok(![canary, known, "739184"].some((value) => text.join("\n").includes(value)), text.join("\n"));

  for (const [title, rest] of Object.entries(pasted)) {
    it(`is to be replaced, and is not repeated: ${title}`, () => {
      const found = lines(load({ orders: manifest(rest) }));
      harmless(found);
      assert.ok(
        found.some((line) =>
          /(?:replace (?:the credential|it)|end the key): it is in the repository's history$/.test(line),
        ),
        found.join("\n"),
      );
    });
  }

  it("is found in names of anchors and tags, and in comments", () => {
    for (const text of [`&${known} node`, `!${known} node`, `node # ${known}`]) {
      const found = lines(
        load({
          orders: `${manifest({})}consumers:\n  api: { kind: ecs, image: web, command: [ok] }\n  b: { kind: ecs, image: ${text}\n  }\n`,
        }),
      );
      harmless(found);
      assert.ok(
        found.some((line) => /replace the credential|end the key/.test(line)),
        found.join("\n"),
      );
    }
  });

  it("is found in the name of a file", () => {
    const root = mkdtempSync(join(tmpdir(), "named-"));
    try {
      mkdirSync(join(root, "services"));
      writeFileSync(join(root, "services", `${known}.yaml`), manifest(consumer({})));
      const found = lines(loadCatalogue({ ...surroundings, root }));
      harmless(found);
      assert.match(
        found[0] ?? "",
        /^services\/…:1:1 the name of a file looks like an AWS access key;.*replace the credential/,
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("is not seen in what is merely wrong", () => {
    for (const rest of [secret({ descripton: "x" }), secret({ fields: ["the.key"] }), login({ port: "x" })]) {
      const found = lines(load({ orders: manifest(rest) }));
      assert.ok(found.length > 0 && !found.some((line) => line.includes("history")), found.join("\n"));
    }
  });
});
