import assert from "node:assert/strict";
import type { Consumer, TaskSettings } from "../../../model/catalogue/types";
import { imageTags } from "../../../model/notes/imageTags";
import { inOrder } from "../../../model/notes/note";
import { samplePlan } from "../plan/support/samples";

const sample = samplePlan();
const digest = `@sha256:${"0a".repeat(32)}`;
const at = { file: "services/orders.yaml", line: 8, column: 12 };

/** What is noted of a plan in which the only consumer, in each environment, has this image. */
function noted(kind: "ecs" | "codebuild", image: string, isDefault = false): readonly string[] {
  const consumers = sample.consumers
    .filter(({ settings }) => settings.kind === kind)
    .map((consumer) => ({ ...consumer, settings: withImage(consumer.settings, image, isDefault) }));
  assert.ok(consumers.length > 1);
  return inOrder(imageTags({ ...sample, consumers })).map(({ note, file, line, column }) => {
    assert.deepEqual({ file, line, column }, at);
    return note;
  });
}

const task: TaskSettings = {
  ...{ image: "nginx", imageAt: at, ports: [], writable: [] },
  ...{ cpu: 256, memoryMiB: 512, architecture: "x86_64", sidecars: {} },
};

function withImage(settings: Consumer, image: string, isDefault: boolean): Consumer {
  if (settings.kind === "ecs") {
    const { kind, name, reads, environment, variables, repositories } = settings;
    const roles = {
      kind,
      name,
      reads,
      environment,
      variables,
      repositories,
      repositoryCredentials: [],
      at: settings.at,
    };
    return isDefault ? roles : { ...roles, task: { ...task, image, imageAt: at } };
  }
  if (settings.kind !== "codebuild") return settings;
  const project = { image, buildspec: { commands: ["make"] }, ...(!isDefault && { imageAt: at }) };
  return { ...settings, project };
}

describe("notes on images", () => {
  const registry = "222222222222.dkr.ecr.eu-west-1.amazonaws.com";
  const tagged = "`1.4.2` is a tag, which can be moved to another image; add its digest";
  const untagged = "no tag means `latest`, whatever that is by then; add its digest";

  for (const kind of ["ecs", "codebuild"] as const) {
    it(`name a tag once, in whichever environments the ${kind} consumer runs`, () => {
      for (const image of [`${registry}/orders:1.4.2`, "nginx:1.4.2", "registry.example.com:5000/a/b:1.4.2"])
        assert.deepEqual(noted(kind, image), [tagged], image);
    });

    it(`say what no tag means for ${kind}`, () => {
      for (const image of [`${registry}/orders`, "nginx", "registry.example.com:5000/a/b"])
        assert.deepEqual(noted(kind, image), [untagged], image);
    });

    it(`leave a digest alone, and what the manifest does not name (${kind})`, () => {
      for (const image of [`${registry}/orders${digest}`, `nginx:1.4.2${digest}`])
        assert.deepEqual(noted(kind, image), [], image);
      assert.deepEqual(noted(kind, "public.ecr.aws/amazonlinux/amazonlinux:2023-minimal", true), []);
    });
  }

  it("leave CodeBuild's own images alone, which have no digests, and no others of such a name", () => {
    assert.deepEqual(noted("codebuild", "aws/codebuild/standard:7.0"), []);
    assert.equal(noted("ecs", "aws/codebuild/standard:7.0").length, 1);
    assert.equal(noted("codebuild", "aws/other/standard:7.0").length, 1);
  });

  it("stand in the samples where each image stands, in order", () => {
    const places = inOrder(imageTags(sample)).map(({ file, line }) => `${file}:${line}`);
    assert.deepEqual(places, [
      "services/catalog.yaml:40",
      "services/orders.yaml:56",
      "services/payments.yaml:71",
    ]);
  });
});
