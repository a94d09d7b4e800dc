import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { formats } from "../../../cli/refs/formats";
import { podsIn } from "../../../model/plan/pods";
import { documented, documentedExamples, planWith, referencesOf } from "./support/documented";
import { examples, kinds } from "./support/examplesPython";

/** Of Kubernetes' objects, what is looked at here. */
interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec?: {
    readonly template: {
      readonly spec: {
        readonly serviceAccountName: string;
        readonly containers: readonly { readonly env: readonly { name: string; value: string }[] }[];
      };
    };
  };
}

describe("manifests of the examples in Python", () => {
  it("are there for every kind of consumer that runs programs", () => {
    const documentedKinds = new Set(documentedExamples.map((example) => example.split("/")[0]));
    assert.deepEqual([...documentedKinds].sort(), kinds);
    assert.deepEqual(kinds, ["codebuild", "ec2", "ecs", "eks", "lambda"]);
  });

  for (const example of documentedExamples) {
    it(`${example}: are right, and of its kind`, () => {
      planWith(example);
      for (const { kind } of Object.values(documented(example).consumers))
        assert.equal(kind, example.split("/")[0]);
    });

    it(`${example}: give the variables that it reads`, () => {
      const { document, read } = referencesOf(example);
      const folder = join(examples, example, "..");
      const program = ["references.py", "orders.py", "published_keys.py"]
        .map((name) => join(folder, name))
        .filter(existsSync)
        .concat(join(examples, example))
        .map((file) => readFileSync(file, "utf8"))
        .join("\n");
      const wanted = example.startsWith("lambda/")
        ? read.map(({ named }) => `"${named}"`)
        : example.startsWith("ec2/")
          ? read.map(({ named }) => `["${named}"]`)
          : [...document.environment, ...document.secrets].map(({ name }) => `"${name}"`);
      assert.ok(wanted.length > 0);
      for (const text of wanted) assert.ok(program.includes(text), `${text} is not in ${example}`);
    });
  }

  it("lambda: name handlers that are there", () => {
    for (const example of documentedExamples.filter((one) => one.startsWith("lambda/"))) {
      for (const consumer of Object.values(documented(example).consumers)) {
        const { handler } = consumer as { handler?: string };
        const [module, name] = (handler ?? "").split(".");
        assert.equal(`lambda/${module}.py`, example);
        assert.match(readFileSync(join(examples, example), "utf8"), new RegExp(`^def ${name}\\(`, "m"));
      }
    }
  });

  it("eks: are those of the pods, whose variables `platform refs` prints", () => {
    const { consumer, ...subject } = referencesOf("eks/api.py");
    const text = readFileSync(join(examples, "eks/deployment.yaml"), "utf8");
    const resources = parseAllDocuments(text).map((one) => one.toJS() as Resource);
    const [account, deployment] = resources;
    assert.deepEqual(
      resources.map(({ kind }) => kind),
      ["ServiceAccount", "Deployment"],
    );
    const pod = deployment?.spec?.template.spec;
    assert.equal(pod?.serviceAccountName, account?.metadata.name);
    assert.ok(consumer.settings.kind === "eks");
    const { namespace, serviceAccount } = podsIn("prod", consumer.settings);
    for (const { metadata } of resources) assert.equal(metadata.namespace, namespace);
    assert.equal(account?.metadata.name, serviceAccount);
    const lines = pod?.containers[0]?.env.map(({ name, value }) => `${name}=${value}`);
    assert.equal(lines?.join("\n"), formats.env.print({ consumer, ...subject }));
  });
});
