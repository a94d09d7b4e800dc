import { z } from "zod";
import { lambdaMemory, lambdaStorage } from "../../aws/quotas";
import { lambdaRuntimes, newestNodejs } from "../../aws/lambdaRuntimes";
import { buildFilePattern } from "./buildFile";
import { handlerPattern } from "./handler";
import { hopLimits } from "../../aws/instanceMetadata";
import { fargateCpus, fargateMemory } from "../../aws/fargate";
import { durationOf } from "./durations";
import { either, expecting, flag, integer, list, oneOf, section, text } from "../../yaml/expectation";
import { containerKeys, environment, sidecars } from "./container";
import { eks, eksKeys } from "./eksConsumer";
import { imageReference } from "./image";
import { reads } from "./reads";
import { role, roleKeys } from "./roleConsumer";
import { plainVariables as variables } from "./variables";

/** An image outside Amazon ECR's private registries needs no permission, so only those are named. */
const repositories = list(
  "repositories",
  text(
    /^\d{12}\.dkr\.ecr\.[a-z]{2}(?:-[a-z]+)+-\d{1,2}\.amazonaws\.com(?:\.cn)?\/(?=.{2,256}$)[a-z0-9]+(?:[._/-][a-z0-9]+)*$/,
    "must be a private repository of Amazon ECR without a tag, such as `222222222222.dkr.ecr.eu-west-1.amazonaws.com/orders`",
  ),
)
  .optional()
  .describe(
    "Private repositories of Amazon ECR whose images the team's own deployment runs. Only where nothing is built here; what is built may pull its own image.",
  );

const pathInRepository = text(
  /^(?!\/)(?![A-Za-z]:)[^\\\0]{1,512}$/,
  "must be a path from the repository's root, with forward slashes",
);

const clusterOrService = text(
  /^[A-Za-z0-9_-]{1,255}$/,
  "must be 1 to 255 letters, digits, hyphens and underscores",
);

/** Which processors something is built for. */
function architecture(standard: "x86_64" | "arm64") {
  return oneOf(["x86_64", "arm64"])
    .optional()
    .meta({ default: standard })
    .describe(
      `Processors it runs on, which images, code and layers must be built for. Default: \`${standard}\`.`,
    );
}

const lambdaKeys = {
  code: pathInRepository
    .optional()
    .describe(
      "Folder or archive with the code, from the repository's root, without links out of it and what git ignores. Without it only a role and a log group are made.",
    ),
  handler: text(
    handlerPattern,
    "must be 1 to 128 letters, digits and `_ . : / $ + -`, such as `index.handler`",
  )
    .optional()
    .meta({ default: "index.handler" })
    .describe("Function that Lambda calls. Default: `index.handler`."),
  runtime: oneOf(lambdaRuntimes, "choose one that AWS still supports")
    .optional()
    .meta({ default: newestNodejs })
    .describe(`Lambda runtime. Default: \`${newestNodejs}\`.`),
  memory: integer(lambdaMemory.from, lambdaMemory.to, "a number of MiB")
    .optional()
    .meta({ default: 256 })
    .describe("MiB, 128 to 10240. Default: 256."),
  timeout: durationOf(["second", "minute"], { amount: 1, unit: "second" }, { amount: 15, unit: "minute" })
    .optional()
    .meta({ default: "30 seconds" })
    .describe("Longest run: `N seconds` or `N minutes`, up to 15 minutes. Default: `30 seconds`."),
  architecture: architecture("arm64"),
  layers: list(
    "layers",
    text(
      /^arn:aws(?:-cn|-us-gov)?:lambda:[a-z]{2}(?:-[a-z]+)+-\d{1,2}:\d{12}:layer:[A-Za-z0-9_-]{1,140}:[1-9]\d{0,9}$/,
      "must be the ARN of a layer's version, such as `arn:aws:lambda:eu-west-1:222222222222:layer:fonts:3`",
    ),
  )
    .optional()
    .describe(
      "Versions of layers of the same region, at most 5 with the extension. Their code sees what the function reads.",
    ),
  extension: flag()
    .optional()
    .describe(
      "`true` adds AWS's Parameters and Secrets extension, which caches what the function reads and serves it on port 2773.",
    ),
  ephemeralStorage: integer(lambdaStorage.from, lambdaStorage.to, "a number of MiB")
    .optional()
    .meta({ default: 512 })
    .describe("MiB of `/tmp`, 512 to 10240. Default: 512."),
};

const ecsKeys = {
  image: imageReference
    .optional()
    .describe(
      "Container image. Without it no task definition is made, only the two roles and the log group, for tasks that the team deploys itself.",
    ),
  cpu: expecting(z.literal(fargateCpus), {
    allowed: `must be one of Fargate's CPU units: ${fargateCpus.join(", ")}`,
  })
    .optional()
    .meta({ default: 256 })
    .describe("Fargate CPU units; 1024 are one processor. Default: 256."),
  memory: integer(fargateMemory.lowest, fargateMemory.highest, "a number of MiB")
    .optional()
    .describe("MiB; which ones go together with `cpu` is Fargate's choice. Default: the least that does."),
  architecture: architecture("x86_64"),
  ...containerKeys,
  containers: sidecars,
  rollout: section("`rollout`", {
    cluster: clusterOrService.describe("Name of the ECS cluster."),
    service: clusterOrService.describe("Name of the ECS service."),
  })
    .optional()
    .describe(
      "ECS service to redeploy after a successful rotation of what is injected; no other manifest names it.",
    ),
  repositories,
};

const ec2Keys = {
  instanceType: text(
    /^(?!mac|a1\.)[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|large|x?large|\d{1,3}xlarge|metal(?:-\d{1,3}xl)?)$/,
    "must be an EC2 instance type that Amazon Linux 2023 runs on, such as `t4g.micro`",
  )
    .optional()
    .describe(
      "EC2 instance type. Without it no launch template is made, only the role and its instance profile.",
    ),
  architecture: oneOf(["x86_64", "arm64"])
    .optional()
    .describe(
      "Processors its programs are built for; held against `instanceType`, which decides. Default: those of the type.",
    ),
  hopLimit: integer(hopLimits.instance, hopLimits.containers, "a number of network hops")
    .optional()
    .meta({ default: hopLimits.instance })
    .describe(
      "How far the instance's credentials may travel, in network hops: 1 to programs of the instance alone, 2 into its containers too, each of which then has the instance's role. Default: 1.",
    ),
};

const buildFile = text(buildFilePattern, "must be a YAML file inside the source, such as `buildspec.yml`");
const buildCommands = section("`buildspec`", {
  commands: list(
    "commands",
    text(/\S/, "must be a command of the shell", "write one, or remove the entry"),
  ).describe("Commands of the build, in order."),
});

const codebuildKeys = {
  source: text(
    /^(?:https:\/\/github\.com\/[\w.-]+\/[\w.-]+|https:\/\/git-codecommit\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/v1\/repos\/[\w.-]+|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[\w!.()=+@,/-]{1,1024})$/,
    "must be `https://github.com/OWNER/REPOSITORY`, the HTTPS address of a CodeCommit repository, or `s3://BUCKET/KEY`",
  )
    .optional()
    .describe(
      "Where the build starts from. Without it and without commands no project is made, only the role and its log group.",
    ),
  buildspec: either(
    [buildFile, buildCommands],
    "must be a YAML file inside the source, or `{commands: [...]}`",
  )
    .optional()
    .describe(
      "A file in the source, or `{commands: [...]}`. Default: `buildspec.yml` where there is a source.",
    ),
  image: imageReference
    .optional()
    .meta({ default: "aws/codebuild/amazonlinux-x86_64-standard:5.0" })
    .describe(
      "Image the build runs in, on ARM where its name says `arm64` or `aarch64`. Default: `aws/codebuild/amazonlinux-x86_64-standard:5.0`.",
    ),
  repositories,
};

const lambda = section("a lambda consumer", {
  kind: z.literal("lambda").describe("An AWS Lambda function."),
  reads,
  variables,
  ...lambdaKeys,
});
const ecs = section("an ecs consumer", {
  kind: z.literal("ecs").describe("A task on Amazon ECS with Fargate."),
  reads,
  environment,
  variables,
  ...ecsKeys,
});
const ec2 = section("an ec2 consumer", {
  kind: z.literal("ec2").describe("EC2 instances."),
  reads,
  ...ec2Keys,
});
const codebuild = section("a codebuild consumer", {
  kind: z.literal("codebuild").describe("An AWS CodeBuild project."),
  reads,
  environment,
  variables,
  ...codebuildKeys,
});

export const consumerKinds = ["lambda", "ecs", "ec2", "codebuild", "eks", "role"] as const;

/** Keys that only some kinds take, to say so where another kind has one. */
export const keysByKind: Readonly<Record<(typeof consumerKinds)[number], readonly string[]>> = {
  lambda: Object.keys(lambda.shape),
  ecs: Object.keys(ecs.shape),
  ec2: Object.keys(ec2.shape),
  codebuild: Object.keys(codebuild.shape),
  eks: Object.keys(eks.shape),
  role: Object.keys(role.shape),
};

export const consumer = expecting(z.discriminatedUnion("kind", [lambda, ecs, ec2, codebuild, eks, role]), {
  allowed: `must be a map with \`kind\`: one of ${consumerKinds.map((kind) => `\`${kind}\``).join(", ")}`,
}).describe(
  "Something that reads secrets and parameters: exactly those it `reads` and those its `environment` names.",
);

/** The keys of all kinds, to check the rest of a consumer whose kind is wrong. */
export const anyConsumer = section("a consumer", {
  kind: z.unknown().optional(),
  ...lambdaKeys,
  ...ec2Keys,
  ...codebuildKeys,
  ...ecsKeys,
  ...eksKeys,
  namespace: eksKeys.namespace.optional(),
  serviceAccount: eksKeys.serviceAccount.optional(),
  service: roleKeys.service.optional(),
  memory: z.unknown().optional(),
  reads,
  environment,
  variables,
});
