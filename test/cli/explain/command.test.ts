import assert from "node:assert/strict";
import { explain } from "../../../cli/explain/explain";
import { manifestFields } from "../../../model/catalogue/documentation/fields";
import { platform, stackTrace } from "../support/platform";

describe("platform explain", function () {
  this.timeout(240_000);

  it("says what a key is and takes, its default, an example, and where it stands", async () => {
    const { code, stdout, stderr } = await platform(["explain", "secrets.rotation.hosted"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(
      stdout,
      [
        "secrets.NAME.rotation.hosted",
        "",
        "  Who rotates: `aws` (default), the function AWS publishes for the engine, or `platform`, this",
        "  platform's own (PostgreSQL only).",
        "    stands   with any method but generated, rds-managed, function, external",
        "    takes    one of `aws`, `platform`",
        "    is       optional",
        "    default  aws",
        "    example  aws",
        "",
      ].join("\n"),
    );
    const host = await explain("secrets.database.host");
    assert.match(
      host.text,
      /\n {4}or by environment {2}\{ staging: db\.example\.com, prod: db\.example\.com \}$/,
    );
  });

  it("takes names of items or leaves them out", async () => {
    for (const key of [
      "secrets.NAME.rotation.every",
      "secrets.database.rotation.every",
      "secrets.*.rotation.every",
    ])
      assert.deepEqual((await explain(key)).json, (await explain("secrets.rotation.every")).json, key);
    // A key goes before an item of that name.
    assert.match((await explain("secrets.database")).text, /^secrets\.NAME\.database\n/);
  });

  it("answers for every key, and lists those below a map", async () => {
    for (const { path } of manifestFields()) {
      const { text, json } = await explain(path);
      assert.equal((json as { path: string }).path, path);
      const wide = text
        .split("\n")
        .filter((line) => line.length > 100 && !/^ {4}(?:example|or by)/.test(line));
      assert.deepEqual(wide, []);
    }
    const { code, stdout } = await platform(["explain", "--format", "json"]);
    const { keys } = JSON.parse(stdout) as { keys: readonly string[] };
    assert.deepEqual([code, keys.slice(0, 3)], [0, ["service", "owner", "description"]]);
  });

  it("lists a key once for each of its meanings, with the condition of each", async () => {
    const lines = (await explain("consumers")).text
      .split("\n")
      .map((line) => line.trim().replace(/ +/g, " "));
    const kinds = lines.slice(lines.findIndex((line) => line.startsWith("kind ")));
    assert.deepEqual(kinds.slice(0, 2), [
      "kind required (with kind: lambda) An AWS Lambda function.",
      "required (with kind: ecs) A task on Amazon ECS with Fargate.",
    ]);
    assert.ok(lines.includes("namespace required (with kind: eks) Namespace that the pods run in."));
    // One meaning whatever stands beside it has no condition.
    assert.ok(lines.some((line) => line.startsWith("reads Items it reads")));
    assert.match(
      (await explain("secrets.rotation")).text,
      /\(with method: external\) Secrets Manager itself/,
    );
  });

  it("says of an unknown key which one was meant, or which there are, and repeats nothing that is no key", async () => {
    for (const [key, message] of [
      ["secrets.rotatoin.every", "`secrets` has no key `rotatoin`; did you mean `rotation`?"],
      ["secrt", "a manifest has no key `secrt`; did you mean `secrets`?"],
      [
        "secrets.rotation.colour",
        "`secrets.NAME.rotation` has no key `colour`; its keys are method, every, schedule,",
      ],
      ["database", "a manifest has no key `database`; did you mean `secrets.NAME.database`?"],
      ["rotation.method", "a manifest has no key `rotation`; did you mean `secrets.NAME.rotation.method`?"],
      [
        "image",
        "a manifest has no key `image`; did you mean `consumers.NAME.image` or `consumers.NAME.containers.NAME.image`?",
      ],
      ["consumers.worker.imag", "`consumers.NAME` has no key `imag`; did you mean `image`?"],
      ["secrets.login.rotation.evry", "`secrets.NAME.rotation` has no key `evry`; did you mean `every`?"],
      ["owner.x", "there is no key `x`: `owner` has no keys"],
      ["hunter2_Hunter2", "a manifest has no key of that name; its keys are service, owner"],
    ] as const) {
      const { code, stdout, stderr } = await platform(["explain", key]);
      assert.deepEqual([code, stdout], [2, ""], key);
      assert.ok(stderr.startsWith(`error: ${message}`), stderr);
      assert.doesNotMatch(stderr, stackTrace);
      assert.doesNotMatch(stderr, /hunter2/i);
    }
  });
});
