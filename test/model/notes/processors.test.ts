import assert from "node:assert/strict";
import { notesOn } from "../../../model/notes";
import { planOf, samplePlan, withCopy } from "../plan/support/samples";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What is noted of a service with these consumers, in lines of YAML, beside what is noted of every one. */
function noted(consumers: readonly string[]): readonly string[] {
  return withCopy((root) => {
    const head = [
      "service: jobs",
      "owner: jobs-team@example.com",
      "description: Runs jobs",
      "environments: [staging, prod]",
      "secrets:",
      "  key: { description: Key of a store, rotation: { method: generated, every: 30 days } }",
      "consumers:",
    ];
    writeFileSync(join(root, "services", "jobs.yaml"), [...head, ...consumers].join("\n"));
    return notesOn(planOf(root))
      .filter(({ file, note }) => file === "services/jobs.yaml" && !note.includes("digest"))
      .filter(({ note }) => !note.includes("notices.owners"))
      .map(({ line, column, note }) => `${line}:${column} ${note}`);
  });
}

const layers = "arn:aws:lambda:eu-west-1:222222222222:layer:fonts";

describe("notes on processors", () => {
  it("say that images of a task on arm64 must be built so, once, unless their names say it", () => {
    const image = "222222222222.dkr.ecr.eu-west-1.amazonaws.com/jobs";
    assert.deepEqual(
      noted([
        `  one: { kind: ecs, image: ${image}:1, architecture: arm64, containers: { proxy: { image: nginx } } }`,
        `  two: { kind: ecs, image: ${image}:1-arm64, architecture: arm64 }`,
        `  three: { kind: ecs, image: ${image}:1, architecture: x86_64 }`,
        `  four: { kind: ecs, image: ${image}:1 }`,
        `  five: { kind: ecs, image: ${image}:1-arm64, architecture: arm64, containers: { proxy: { image: nginx } } }`,
      ]),
      [
        "8:95 images of one must be built for arm64, or its tasks end at their start",
        "12:102 images of five must be built for arm64, or its tasks end at their start",
      ],
    );
  });

  it("name images and layers whose names say other processors", () => {
    assert.deepEqual(
      noted([
        "  one: { kind: ecs, image: arm64v8/nginx:1 }",
        "  two: { kind: ecs, image: nginx:1-arm64, architecture: arm64, containers: { proxy: { image: amd64/nginx } } }",
        `  three: { kind: lambda, code: examples/typescript/lambda/dist, layers: ["${layers}-x86_64:3", "${layers}-arm64:3"] }`,
        `  four: { kind: lambda, code: examples/typescript/lambda/dist, layers: ["${layers}:3"] }`,
      ]),
      [
        "8:28 the name of the image says arm64, and it would run on x86_64",
        "9:94 the name of the image says x86_64, and it would run on arm64",
        "10:3 the name of the layer fonts-x86_64 says x86_64, and it would run on arm64",
      ],
    );
  });

  it("say nothing of the samples", () => {
    assert.ok(!notesOn(samplePlan()).some(({ note }) => /arm64,|would run on/.test(note)));
  });
});

describe("notes on variables that SDKs look at before a role", () => {
  it("name each that an item fills, and none beside", () => {
    assert.deepEqual(
      noted([
        "  one: { kind: ecs, image: nginx, environment: { AWS_SECRET_ACCESS_KEY: key, AWS_SECRET: key } }",
      ]),
      ["8:3 `AWS_SECRET_ACCESS_KEY` takes the place of the role in every call to AWS"],
    );
  });
});
