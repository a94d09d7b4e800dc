import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parameterTypes } from "../../../../model/catalogue/schema/parameter";
import { rotationMethods } from "../../../../model/catalogue/schema/rotation";
import { consumerKinds } from "../../../../model/catalogue/schema/consumer";
import { organisationFiles } from "../../../support/organisation";
import { type LanguageServer, startLanguageServer } from "./support/languageServer";

const head = "service: orders\nowner: a@example.com\ndescription: x\nenvironments: [staging, prod]\n";

describe("manifests in an editor", function () {
  this.timeout(240_000);
  let server: LanguageServer;
  before(async () => (server = await startLanguageServer()));
  after(() => server?.stop());

  const marks = async (text: string) =>
    (await server.diagnostics(head + text)).map(({ message, range: { start } }) => ({
      message,
      at: `${start.line}:${start.character}`,
    }));
  const valid = (words: readonly string[]) =>
    `Value is not accepted. Valid values: ${words.map((word) => `"${word}"`).join(", ")}.`;

  it("are marked where a word is wrong, with all that are allowed and nothing else", async () => {
    const wrong = [
      [
        "parameters:\n  a: { description: x, type: Secret, expires: { after: 90 days } }",
        "6:29",
        parameterTypes,
      ],
      ["parameters:\n  a:\n    description: x\n    type: Secret", "8:10", parameterTypes],
      [
        "secrets:\n  a: { description: x, rotation: { method: postgres, every: 30 days } }",
        "6:43",
        rotationMethods,
      ],
      ["consumers:\n  a: { kind: fargate, reads: [b] }", "6:13", consumerKinds],
    ] as const;
    for (const [text, at, words] of wrong)
      assert.deepEqual(await marks(text), [{ at, message: valid(words) }]);
  });

  it("are marked where a duration is too long or too short, in words", async () => {
    for (const every of ["120 days", "91 days", "0 days", "1 week"])
      assert.deepEqual(
        (
          await marks(`secrets:\n  a: { description: x, rotation: { method: generated, every: ${every} } }`)
        ).map(({ message }) => message),
        ["must be a duration of 1 day to 90 days: a number and `days`"],
        every,
      );
  });

  it("are marked where a key is of another kind, or misses", async () => {
    assert.deepEqual(
      (await marks("consumers:\n  a: { kind: lambda, image: nginx }")).map(({ message }) => message),
      ["Property image is not allowed."],
    );
    assert.deepEqual(
      (await marks("parameters:\n  a: { description: x, type: String }")).map(({ message }) => message),
      ['Missing property "value".'],
    );
  });

  it("have nothing marked that is right", async () => {
    const folder = join(organisationFiles, "services");
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
      const text = readFileSync(join(folder, name), "utf8").replace(/^# yaml-language-server.*\n/, "");
      assert.deepEqual(await server.diagnostics(text), [], name);
    }
  });

  it("are completed by snippets that have names", async () => {
    for (const [group, names] of [
      ["secrets", ["generated secret", "database login"]],
      ["parameters", ["plain setting", "sensitive value"]],
      ["consumers", ["function", "task"]],
    ] as const) {
      const labels = await server.completions(`${head}${group}:\n  `, 5, 2);
      for (const name of names) assert.ok(labels.includes(name), `${group}: ${labels.join()}`);
    }
  });

  it("are completed by the organisation's environments, wherever one is named", async () => {
    const consumer = "consumers:\n  a:\n    kind: ecs\n    variables:\n      STAGE:\n        ";
    const database = "secrets:\n  a:\n    description: x\n    database:\n      host:\n        ";
    const parameter = "parameters:\n  a:\n    description: x\n    type: String\n    value:\n      ";
    const pods = "consumers:\n  a:\n    kind: eks\n    namespace:\n      ";
    for (const [text, line, character] of [
      [head + consumer, 9, 8],
      [head + database, 9, 8],
      [head + parameter, 9, 6],
      [head + pods, 8, 6],
    ] as const) {
      const labels = await server.completions(text, line, character);
      for (const name of ["prod", "staging"]) assert.ok(labels.includes(name), `${text}: ${labels.join()}`);
    }
    const labels = await server.completions("service: orders\nenvironments:\n  - ", 2, 4);
    for (const name of ["prod", "staging"]) assert.ok(labels.includes(name), labels.join());
  });

  it("have no environment marked that the schema does not know yet", async () => {
    const text =
      "parameters:\n  a: { description: x, type: String, value: { qa: x, prod: y } }\n" +
      "consumers:\n  b: { kind: lambda, variables: { STAGE: { qa: x } } }";
    assert.deepEqual(await marks(text), []);
    assert.deepEqual(await server.diagnostics(head.replace("[staging, prod]", "[qa, prod]") + text), []);
  });

  it("are completed by the keys of the kind that stands there", async () => {
    const labels = await server.completions(`${head}consumers:\n  a:\n    kind: ecs\n    `, 7, 4);
    for (const key of ["reads", "environment", "image", "cpu"]) assert.ok(labels.includes(key), key);
    assert.ok(!labels.includes("handler"), labels.join());
  });
});
