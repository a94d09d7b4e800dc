import assert from "node:assert/strict";

import { buildStacks } from "../../cli/inMemory/buildStacks";
import { limitProblems } from "../../model/documents/limits";
import { buildPlan } from "../../model/plan/build";
import type { Plan } from "../../model/plan/types";
import { formatProblem } from "../../model/yaml/problem";
import { lines, load } from "../model/catalogue/support";
import { organisation } from "../model/plan/support/organisations";

type Fate = "built" | "refused";

const secret = (rest: object) => ({
  secrets: { key: { description: "Signs", rotation: { method: "generated", every: "30 days" }, ...rest } },
});
const rotation = (rest: object) => secret({ rotation: { every: "30 days", ...rest } });
const ownFunction = (arn: string) =>
  rotation({ method: "function", arn, role: "arn:aws:iam::111111111111:role/rotation/rotate" });
const lambdaArn = "arn:aws:lambda:eu-west-1:111111111111:function";
const managed = (name: string) => ({
  secrets: {
    login: {
      description: "Login",
      rotation: {
        method: "rds-managed",
        arn: `arn:aws:secretsmanager:eu-west-1:333333333333:secret:${name}`,
      },
    },
  },
  consumers: { api: { kind: "lambda", reads: ["login"] } },
});
const parameter = (rest: object) => ({
  parameters: { level: { description: "Verbosity", type: "String", value: "info", ...rest } },
});
const secure = (expires: object, rest: object = {}) => ({
  parameters: { token: { description: "Token", type: "SecureString", expires, ...rest } },
});
const consumer = (kind: string, rest: object) => ({ consumers: { worker: { kind, ...rest } } });
const build = (rest: object) => consumer("codebuild", { source: "https://github.com/example/web", ...rest });
const names = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => `f${String(index).padStart(length - 1, "0")}`);
/** Reads two items of which the variables with their ARNs would have one name. */
const meeting = (kind: string) => ({
  parameters: { "payments-limit": { description: "Limit", type: "String", value: "1" } },
  consumers: { worker: { kind, reads: ["payments-limit", "payments/limit"] } },
});
const payments = {
  service: "payments",
  owner: "payments@example.com",
  description: "Takes payments",
  environments: ["prod"],
  parameters: { limit: { description: "Limit", type: "String", value: "1", shareWith: ["orders"] } },
};

/** So many variables of 4,000 characters. */
const texts = (count: number) =>
  consumer("ecs", {
    image: "nginx",
    variables: Object.fromEntries(names(count, 4).map((name) => [name, "x ".repeat(2_000)])),
    containers: { proxy: { image: "nginx", variables: { TEXT: "x ".repeat(2_000) } } },
  });
const layers = (count: number, rest: object) =>
  consumer("lambda", {
    code: "examples/typescript/lambda/dist",
    layers: names(count, 4).map((name) => `arn:aws:lambda:eu-west-1:222222222222:layer:${name}:1`),
    ...rest,
  });
const registry = "222222222222.dkr.ecr.eu-west-1.amazonaws.com";
const numbered = (count: number, name: string) =>
  Array.from({ length: count }, (_, index) => `${name}-${String(index).padStart(3, "0")}`);
function reading(count: number, kind: string, rest: object) {
  const items = numbered(count, "level");
  return {
    parameters: Object.fromEntries(items.map((name) => [name, parameter({}).parameters.level])),
    consumers: { worker: { kind, reads: items, ...rest } },
  };
}
function rollouts(count: number) {
  const secrets = Object.fromEntries(numbered(4, "key").map((name) => [name, secret({}).secrets.key]));
  const consumers = numbered(count, "worker").map((name, index) => [
    name,
    {
      kind: "ecs",
      environment: { KEY: `key-00${index % 4}` },
      rollout: { cluster: "main", service: name },
    },
  ]);
  return { secrets, consumers: Object.fromEntries(consumers) as object };
}

/** At the edge of what the manifest takes, and on both sides of it. */
const edges: Readonly<Record<string, readonly [object, Fate]>> = {
  "a function of one's own": [ownFunction(`${lambdaArn}:rotate`), "built"],
  "a function with an alias": [ownFunction(`${lambdaArn}:rotate:live`), "refused"],
  "a function with a version": [ownFunction(`${lambdaArn}:rotate:7`), "refused"],
  "a function's latest version": [ownFunction(`${lambdaArn}:rotate:$LATEST`), "refused"],
  "the longest name of a function": [ownFunction(`${lambdaArn}:${"f".repeat(64)}`), "built"],
  "a function's name that is too long": [ownFunction(`${lambdaArn}:${"f".repeat(65)}`), "refused"],

  "a managed secret": [managed("rds!cluster-6f1c2d3e-AbCdEf"), "built"],
  "a managed secret without what AWS adds": [managed("rds!cluster"), "refused"],
  "a managed secret with a short ending": [managed("rds!cluster-AbCdE"), "refused"],

  "a description that ends in a line break": [secret({ description: "Signs webhooks\n" }), "built"],
  "a description with space around it": [parameter({ description: "\t Verbosity \r\n" }), "built"],
  "the longest description": [secret({ description: "x".repeat(1024) }), "built"],
  "a secret's description of two lines": [secret({ description: "Signs\nwebhooks" }), "refused"],
  "a parameter's description of two lines": [parameter({ description: "Verbosity\r\nof logs" }), "refused"],
  "a SecureString's description of two lines": [
    secure({ after: "90 days" }, { description: "Token\n\nof a partner" }),
    "refused",
  ],
  "a description with a tabulator": [parameter({ description: "Verbosity\tof logs" }), "refused"],
  "a description with a control character": [secret({ description: "Signs\u001b[31m webhooks" }), "refused"],
  "a description in any script": [secret({ description: "署名 – ключ 🔑" }), "built"],
  "a description with a line break that does not show": [secret({ description: "Signs\u2028it" }), "refused"],

  "fields of 256 characters": [secret({ fields: [...names(3, 63), "f".repeat(64)] }), "built"],
  "fields of 257 characters": [
    secret({ fields: [...names(2, 63), "a".repeat(64), "b".repeat(64)] }),
    "refused",
  ],
  "many short fields": [secret({ fields: names(100, 4) }), "refused"],
  "too many fields of a function's secret": [
    {
      secrets: {
        key: {
          ...ownFunction(`${lambdaArn}:rotate`).secrets.key,
          fields: names(100, 4),
        },
      },
    },
    "refused",
  ],

  "replicas in regions of every form": [secret({ replicas: ["ap-southeast-5", "us-east-1"] }), "built"],
  "a region of two digits": [secret({ replicas: ["eu-west-12"] }), "built"],
  "the shortest rate": [
    rotation({ method: "generated", every: undefined, schedule: "rate(4 hours)" }),
    "built",
  ],
  "the longest rate": [
    rotation({ method: "generated", every: undefined, schedule: "rate(2160 hours)" }),
    "built",
  ],
  "a schedule with space in it": [
    rotation({
      method: "generated",
      every: undefined,
      schedule: "cron( 0  4 ? * SUN * )",
      window: "20 hours",
    }),
    "built",
  ],

  "the longest value": [parameter({ value: "x".repeat(8192), tier: "advanced" }), "built"],
  "a value of one space": [parameter({ value: " " }), "built"],
  "a value of lines": [parameter({ value: "a\nb\n" }), "built"],
  "the shortest expiry": [secure({ after: "15 days" }), "built"],
  "the longest reminder": [secure({ never: true, reason: "Printed on paper", remind: "365 days" }), "built"],

  "items of one variable, on an instance": [meeting("ec2"), "built"],
  "items of one variable, in a function": [meeting("lambda"), "refused"],
  "an instance of Apple's": [consumer("ec2", { instanceType: "mac2.metal" }), "refused"],
  "an instance of Apple's, in the newer form": [consumer("ec2", { instanceType: "mac-m4.metal" }), "refused"],
  "a bare-metal instance": [consumer("ec2", { instanceType: "u-6tb1.metal" }), "built"],

  "the longest handler": [
    consumer("lambda", { code: "examples/typescript/lambda/dist", handler: "h".repeat(128) }),
    "built",
  ],
  "the longest run": [
    consumer("lambda", { code: "examples/typescript/lambda/dist", timeout: "15 minutes" }),
    "built",
  ],
  "a function that reads many items": [
    reading(48, "lambda", { code: "examples/typescript/lambda/dist" }),
    "built",
  ],
  "a function that reads more than its variables hold": [
    reading(49, "lambda", { code: "examples/typescript/lambda/dist" }),
    "refused",
  ],
  "an instance that reads as much": [reading(49, "ec2", {}), "built"],
  "more rollouts than their role can name": [rollouts(200), "refused"],
  "an image by digest": [
    consumer("ecs", { image: `registry.example.com:5000/a/b@sha256:${"0".repeat(64)}` }),
    "built",
  ],
  "the largest task": [consumer("ecs", { image: "nginx", cpu: 16384, memory: 122880, port: 65535 }), "built"],

  "a function's role alone": [reading(49, "lambda", {}), "built"],
  "a task's roles alone": [consumer("ecs", { repositories: [`${registry}/web`] }), "built"],
  "an instance's role alone": [consumer("ec2", {}), "built"],
  "a build's role alone": [consumer("codebuild", { repositories: [`${registry}/build/web`] }), "built"],
  "repositories of a task that is built": [
    consumer("ecs", { image: "nginx", repositories: [`${registry}/web`] }),
    "refused",
  ],
  "more repositories than a role's policy names": [
    consumer("ecs", { repositories: numbered(120, `${registry}/${"r".repeat(60)}`) }),
    "refused",
  ],

  "a task with as many variables as its definition holds": [texts(11), "built"],
  "a task with more": [texts(16), "refused"],
  "a program in memory as large as the task": [
    consumer("ecs", { image: "nginx", writable: { "/tmp": 512 } }),
    "refused",
  ],
  "a function of five layers": [layers(5, {}), "built"],
  "a function of five layers and the extension": [layers(5, { extension: true }), "refused"],

  "a build file with signs": [build({ buildspec: "ci/books+tests@2_=1~,.yml" }), "built"],
  "a build file with signs of a shell": [build({ buildspec: "ci/tests$(1).yml" }), "refused"],
  "a build file in a bucket": [build({ buildspec: "arn:aws:s3:::builds/spec.yml" }), "refused"],
  "a build file outside of the source": [build({ buildspec: "ci/../../spec.yml" }), "refused"],
  "a command": [build({ buildspec: { commands: [" make"] } }), "built"],
  "a command of space": [build({ buildspec: { commands: ["make", "  "] } }), "refused"],
  "an object": [build({ source: "s3://builds/web/source.zip" }), "built"],
  "a repository of CodeCommit": [
    build({ source: "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web" }),
    "built",
  ],
  "an image of one's own": [
    build({ image: "222222222222.dkr.ecr.eu-west-1.amazonaws.com/build:1" }),
    "built",
  ],
};

/** Of what the manifest asks for, as the program names it: each secret, parameter and consumer. */
function namesOf({ secrets, parameters, consumers }: Plan): string[] {
  const names = [...secrets, ...parameters, ...consumers].map(({ name }) => name);
  assert.ok(names.length > 0);
  return names;
}

describe("what a manifest takes", function () {
  this.timeout(240_000);

  for (const [what, [part, fate]] of Object.entries(edges)) {
    it(`${what}: ${fate === "built" ? "can be built" : "is refused with its place"}`, async () => {
      const manifest = { ...payments, service: "orders", parameters: undefined, ...part };
      const loaded = load({ orders: JSON.stringify(manifest), payments: JSON.stringify(payments) });
      if (loaded.catalogue === undefined) {
        assert.equal("refused", fate, lines(loaded).join("\n"));
        return;
      }
      const plan = buildPlan(loaded.catalogue, organisation());
      const problems = limitProblems(plan);
      if (problems.length > 0) return assert.equal("refused", fate, problems.map(formatProblem).join("\n"));
      const stacks = await buildStacks(plan, () => {});
      assert.equal("built", fate, "is built");
      const registered = stacks.flatMap(({ resources }) => resources);
      for (const named of namesOf(plan)) {
        assert.ok(
          registered.some(({ name }) => name === named),
          `no resource ${named}`,
        );
      }
    });
  }
});
