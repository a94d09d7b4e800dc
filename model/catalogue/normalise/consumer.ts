import { newestNodejs } from "../../aws/lambdaRuntimes";
import { leastFargateMemory } from "../../aws/fargate";
import { type Manifest, placeOf } from "../reading/manifest";
import { parseReference } from "./reference";
import type { ServiceOutput } from "../schema/service";
import type { Path } from "../../yaml/tree";
import type { CodeBuildConsumerSettings, Consumer, Injection } from "../types";

type ConsumerInput = NonNullable<ServiceOutput["consumers"]>[string];
type Of<Kind> = Extract<ConsumerInput, { kind: Kind }>;

/** An image that starts and ends, for a task definition made before the service's first release. */
export const defaultTaskImage = "public.ecr.aws/amazonlinux/amazonlinux:2023-minimal";
export const defaultBuildImage = "aws/codebuild/amazonlinux-x86_64-standard:5.0";

export function normaliseConsumer(manifest: Manifest, name: string, input: ConsumerInput): Consumer {
  const base: Path = ["consumers", name];
  const environment = "environment" in input ? (input.environment ?? {}) : {};
  const common = {
    name,
    reads: (input.reads ?? []).map((text) => parseReference(text, manifest.service)),
    environment: Object.entries(environment).map(([variable, text]): Injection => ({
      variable,
      reference: parseReference(text, manifest.service),
    })),
    at: placeOf(manifest, base),
  };
  switch (input.kind) {
    case "lambda":
      return {
        ...common,
        kind: "lambda",
        ...(input.code !== undefined && { code: input.code.replace(/\/+$/, "") }),
        handler: input.handler ?? "index.handler",
        runtime: input.runtime ?? newestNodejs,
        ...(input.runtime !== undefined && { runtimeAt: placeOf(manifest, [...base, "runtime"]) }),
        memoryMiB: input.memory ?? 256,
        timeoutSeconds: input.timeout ?? 30,
      };
    case "ecs": {
      const cpu = input.cpu ?? 256;
      return {
        ...common,
        kind: "ecs",
        image: input.image ?? defaultTaskImage,
        ...imageAt(manifest, base, input),
        cpu,
        memoryMiB: input.memory ?? leastFargateMemory(cpu),
        ...(input.port !== undefined && { port: input.port }),
        ...(input.command !== undefined && { command: input.command }),
        ...(input.rollout !== undefined && { rollout: input.rollout }),
      };
    }
    case "ec2":
      return { ...common, kind: "ec2", instanceType: input.instanceType ?? "t4g.micro" };
    case "codebuild": {
      const source = input.source === undefined ? undefined : sourceOf(input.source);
      return {
        ...common,
        kind: "codebuild",
        ...(source !== undefined && { source }),
        buildspec: buildspecOf(input),
        image: input.image ?? defaultBuildImage,
        ...imageAt(manifest, base, input),
      };
    }
  }
}

function imageAt(manifest: Manifest, base: Path, { image }: { readonly image?: string | undefined }) {
  return image === undefined ? {} : { imageAt: placeOf(manifest, [...base, "image"]) };
}

/** CodeBuild's source type by the form of the address. */
function sourceOf(address: string): NonNullable<CodeBuildConsumerSettings["source"]> {
  if (address.startsWith("s3://")) return { type: "S3", location: address.slice("s3://".length) };
  return { type: address.startsWith("https://github.com/") ? "GITHUB" : "CODECOMMIT", location: address };
}

/** A build without a source has only its commands; without any it does nothing, successfully. */
function buildspecOf({ buildspec, source }: Of<"codebuild">): CodeBuildConsumerSettings["buildspec"] {
  if (typeof buildspec === "object") return { commands: buildspec.commands };
  if (buildspec !== undefined) return { file: buildspec };
  return source === undefined ? { commands: ["true"] } : { file: "buildspec.yml" };
}
