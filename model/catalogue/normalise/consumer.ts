import { hopLimits } from "../../aws/instanceMetadata";
import { newestNodejs } from "../../aws/lambdaRuntimes";
import { leastFargateMemory } from "../../aws/fargate";
import { type AcceptedManifest, entriesOf, placeOf } from "../reading/manifest";
import { inEach, spread } from "./perEnvironment";
import { parseRead, parseReference } from "./reference";
import type { ServiceOutput } from "../schema/service";
import type { Path } from "../../yaml/tree";
import type {
  BuildProjectSettings,
  Consumer,
  ItemReference,
  Injection,
  InstanceSettings,
  LambdaSettings,
  PlainVariable,
  TaskSettings,
} from "../types";
import { valueText } from "./parameterValue";
import { fileVariable, normaliseContainer } from "./container";

type ConsumerInput = NonNullable<ServiceOutput["consumers"]>[string];
type Of<Kind> = Extract<ConsumerInput, { kind: Kind }>;

export const defaultHandler = "index.handler";
export const defaultBuildImage = "aws/codebuild/amazonlinux-x86_64-standard:5.0";

export function normaliseConsumer(manifest: AcceptedManifest, name: string, input: ConsumerInput): Consumer {
  const base: Path = ["consumers", name];
  const common = {
    name,
    reads: (input.reads ?? []).map((text) => parseRead(text, manifest.service)),
    environment: eachContainer(input).flatMap((told) => injectionsOf(told, manifest.service)),
    variables: eachContainer(input).flatMap(({ variables, path, container }) =>
      plainVariables(manifest, [...base, ...path, "variables"], variables).map((one): PlainVariable => ({
        ...one,
        ...container,
      })),
    ),
    at: placeOf(manifest, base),
  };
  switch (input.kind) {
    case "lambda": {
      const built = functionOf(manifest, base, input);
      return { ...common, kind: "lambda", ...(built && { function: built }) };
    }
    case "ecs": {
      const task = taskOf(manifest, base, input);
      return {
        ...common,
        kind: "ecs",
        ...(task && { task }),
        repositories: input.repositories ?? [],
        repositoryCredentials: registryLogins(manifest, input),
        ...(input.rollout !== undefined && { rollout: input.rollout }),
      };
    }
    case "ec2": {
      const instance = instanceOf(manifest, base, input);
      return { ...common, kind: "ec2", ...(instance && { instance }) };
    }
    case "codebuild": {
      const project = projectOf(manifest, base, input);
      return {
        ...common,
        kind: "codebuild",
        ...(project && { project }),
        repositories: input.repositories ?? [],
      };
    }
    case "eks":
      return { ...common, ...podsOf(input, manifest.accepted.environments) };
    case "role":
      return { ...common, kind: "role", service: input.service };
  }
}

/** What the process of a consumer is told, or each container of its task. */
interface Told {
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly variables?: Of<"ecs">["variables"];
  /** From the consumer to it. */
  readonly path: Path;
  /** Empty for the main one. */
  readonly container: { readonly container?: string };
}

function eachContainer(input: ConsumerInput): readonly Told[] {
  const { environment, files, variables, containers } = input as Partial<Of<"ecs">>;
  return [
    { environment, files, variables, path: [], container: {} },
    ...entriesOf(containers).map(([container, own]) => ({
      ...own,
      path: ["containers", container],
      container: { container },
    })),
  ];
}

function injectionsOf({ environment, files, container }: Told, service: string): readonly Injection[] {
  return [
    ...entriesOf(environment).map(([variable, text]) => ({
      variable,
      reference: parseReference(text, service),
      ...container,
    })),
    ...entriesOf(files).map(([file, text], index) => ({
      variable: fileVariable(index),
      reference: parseReference(text, service),
      ...container,
      file,
    })),
  ];
}

function functionOf(manifest: AcceptedManifest, base: Path, input: Of<"lambda">): LambdaSettings | undefined {
  if (input.code === undefined) return undefined;
  return {
    code: input.code.replace(/\/+$/, ""),
    handler: input.handler ?? defaultHandler,
    runtime: input.runtime ?? newestNodejs,
    ...(input.runtime !== undefined && { runtimeAt: placeOf(manifest, [...base, "runtime"]) }),
    memoryMiB: input.memory ?? 256,
    timeoutSeconds: input.timeout ?? 30,
    architecture: input.architecture ?? "arm64",
    layers: input.layers ?? [],
    extension: input.extension ?? false,
    ephemeralStorageMiB: input.ephemeralStorage ?? 512,
  };
}

function instanceOf(manifest: AcceptedManifest, base: Path, input: Of<"ec2">): InstanceSettings | undefined {
  const { instanceType, hopLimit } = input;
  if (instanceType === undefined) return undefined;
  return {
    instanceType,
    hopLimit: hopLimit ?? hopLimits.instance,
    ...(hopLimit !== undefined && { hopLimitAt: placeOf(manifest, [...base, "hopLimit"]) }),
  };
}

function taskOf(manifest: AcceptedManifest, base: Path, input: Of<"ecs">): TaskSettings | undefined {
  const { image } = input;
  if (image === undefined) return undefined;
  const cpu = input.cpu ?? 256;
  const sidecars = entriesOf(input.containers).map(([name, container]) => [
    name,
    {
      ...normaliseContainer(manifest, [...base, "containers", name], container),
      ...(container.init === true && { init: true as const }),
    },
  ]);
  return {
    ...normaliseContainer(manifest, base, { ...input, image }),
    cpu,
    memoryMiB: input.memory ?? leastFargateMemory(cpu),
    architecture: input.architecture ?? "x86_64",
    ...(input.architecture !== undefined && { architectureAt: placeOf(manifest, [...base, "architecture"]) }),
    sidecars: Object.fromEntries(sidecars) as TaskSettings["sidecars"],
  };
}

/** The logins of registries that any container of a consumer needs. */
function registryLogins(manifest: AcceptedManifest, input: Of<"ecs">): readonly ItemReference[] {
  const named = [input, ...entriesOf(input.containers).map(([, own]) => own)].map(
    ({ repositoryCredentials }) => repositoryCredentials,
  );
  return [...new Set(named)].flatMap((text) =>
    text === undefined ? [] : [parseReference(text, manifest.service)],
  );
}

function projectOf(
  manifest: AcceptedManifest,
  base: Path,
  { source: address, buildspec, image }: Of<"codebuild">,
): BuildProjectSettings | undefined {
  // A build without a source has only its commands.
  const what = buildspec ?? (address === undefined ? undefined : "buildspec.yml");
  if (what === undefined) return undefined;
  return {
    ...(address !== undefined && { source: sourceOf(address) }),
    buildspec: typeof what === "object" ? { commands: what.commands } : { file: what },
    image: image ?? defaultBuildImage,
    ...(image !== undefined && { imageAt: placeOf(manifest, [...base, "image"]) }),
  };
}

/** In each environment; the places of pods may differ from one to the next. */
function podsOf(
  { kind, namespace, serviceAccount, cluster, oidcProvider }: Of<"eks">,
  environments: readonly string[],
) {
  return {
    kind,
    namespace: spread<string>(environments, namespace),
    serviceAccount: spread<string>(environments, serviceAccount),
    ...(cluster !== undefined && { cluster: spread<string>(environments, cluster) }),
    ...(oidcProvider !== undefined && { oidcProvider: spread<string>(environments, oidcProvider) }),
  };
}

function plainVariables(
  manifest: AcceptedManifest,
  base: Path,
  given: Of<"ecs">["variables"],
): readonly PlainVariable[] {
  return entriesOf(given).map(([variable, value]) => ({
    variable,
    value: inEach(manifest.accepted.environments, (environment) => {
      if (typeof value !== "object") return valueText(manifest, [...base, variable], value);
      const own = value[environment];
      return own === undefined ? undefined : valueText(manifest, [...base, variable, environment], own);
    }),
  }));
}

/** CodeBuild's source type by the form of the address. */
function sourceOf(address: string): NonNullable<BuildProjectSettings["source"]> {
  if (address.startsWith("s3://")) return { type: "S3", location: address.slice("s3://".length) };
  return { type: address.startsWith("https://github.com/") ? "GITHUB" : "CODECOMMIT", location: address };
}
