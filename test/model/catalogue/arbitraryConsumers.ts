import fc from "fast-check";
import { fargateCpus, fargateMemories } from "../../../model/aws/fargate";
import { lambdaRuntimes } from "../../../model/aws/lambdaRuntimes";
import { roleServiceNames } from "../../../model/aws/roleServices";
import { referenceVariable } from "../../../model/catalogue/referenceVariable";
import { consumerKinds } from "../../../model/catalogue/schema/consumer";
import { defined, type Draw, freshName, maybe, perEnvironment, pick, someOf } from "./arbitraryNames";
import type { MadeItem } from "./arbitraryItems";

/** An item under the name that a consumer's manifest gives it. */
export type Readable = Pick<MadeItem, "name" | "injectable">;

/** Consumers of one service, by what a manifest says of them; `readable` is what they may name. */
export function makeConsumers(
  draw: Draw,
  environments: readonly string[],
  readable: readonly Readable[],
): Record<string, unknown> {
  const taken = new Set<string>();
  const count = draw(fc.integer, { min: 0, max: 4 });
  return Object.fromEntries(
    Array.from({ length: count }, () => {
      const kind = pick(draw, consumerKinds);
      const injects = kind === "ecs" || kind === "codebuild";
      const reads = readsOf(draw, readable);
      const environment = injects ? environmentOf(draw, readable) : {};
      return [
        freshName(draw, taken),
        defined({
          kind,
          reads: reads.length > 0 ? reads : undefined,
          environment: Object.keys(environment).length > 0 ? environment : undefined,
          variables: ["ec2", "eks", "role"].includes(kind)
            ? undefined
            : maybe(draw, () => variablesOf(draw, environments)),
          ...settingsOf(draw, kind, environments, readable),
        }),
      ];
    }),
  );
}

/** No two items of one consumer whose ARNs would be in the same variable. */
function readsOf(draw: Draw, readable: readonly Readable[]): readonly string[] {
  const byVariable = new Map(someOf(draw, readable).map(({ name }) => [referenceVariable(name), name]));
  return [...byVariable.values()];
}

function environmentOf(draw: Draw, readable: readonly Readable[]): Record<string, string> {
  const references = someOf(draw, readable).flatMap(({ name, injectable }) =>
    injectable.length === 0
      ? []
      : pick(draw, injectable).map((field) => (field === "" ? name : `${name}.${field}`)),
  );
  return Object.fromEntries(references.map((reference, index) => [`VALUE_${index}`, reference]));
}

function variablesOf(draw: Draw, environments: readonly string[]): Record<string, unknown> {
  return {
    NODE_ENV: perEnvironment(draw, environments, () => pick(draw, ["production", "development"])),
    WORKERS: draw(fc.nat),
    VERBOSE: draw(fc.boolean),
  };
}

/** What is built, or what the role of the team's own compute takes. */
function settingsOf(
  draw: Draw,
  kind: (typeof consumerKinds)[number],
  environments: readonly string[],
  readable: readonly Readable[],
): object {
  const built = draw(fc.boolean);
  switch (kind) {
    case "lambda":
      return built ? functionOf(draw) : {};
    case "ecs":
      return {
        ...(built ? taskOf(draw, environments, readable) : repositoriesOf(draw)),
        repositoryCredentials: loginOf(draw, readable),
        // No two manifests may name one.
        rollout: maybe(draw, () => ({ cluster: "main", service: `web-${draw(fc.uuid)}` })),
      };
    case "ec2":
      return built ? instanceOf(draw) : {};
    case "role":
      return { service: pick(draw, roleServiceNames) };
    case "eks":
      return podsOf(draw, environments);
    case "codebuild":
      return built ? projectOf(draw) : repositoriesOf(draw);
  }
}

function instanceOf(draw: Draw): object {
  const instanceType = pick(draw, ["t4g.small", "m7i.2xlarge", "u-6tb1.metal"]);
  const architecture = maybe(draw, () => (instanceType.startsWith("t4g") ? "arm64" : "x86_64"));
  return defined({ instanceType, architecture, hopLimit: maybe(draw, () => pick(draw, [1, 2])) });
}

function functionOf(draw: Draw): object {
  return {
    code: "examples/typescript/lambda/dist",
    runtime: maybe(draw, () => pick(draw, lambdaRuntimes)),
    handler: maybe(draw, () => pick(draw, ["index.handler", "example.Handler::handle", "lib/app.Run"])),
    memory: maybe(draw, () => draw(fc.integer, { min: 128, max: 10_240 })),
    timeout: maybe(draw, () => `${draw(fc.integer, { min: 2, max: 900 })} seconds`),
    architecture: maybe(draw, () => pick(draw, ["x86_64", "arm64"])),
    layers: maybe(draw, () => ["arn:aws:lambda:eu-west-1:222222222222:layer:fonts:3"]),
    extension: maybe(draw, () => draw(fc.boolean)),
    ephemeralStorage: maybe(draw, () => draw(fc.integer, { min: 512, max: 10_240 })),
  };
}

/** A secret with both fields of a registry's login. */
function loginOf(draw: Draw, readable: readonly Readable[]): string | undefined {
  const logins = readable.filter(({ injectable }) =>
    ["", "username", "password"].every((field) =>
      injectable.some(([one, ...more]) => one === field && more.length === 0),
    ),
  );
  return logins.length === 0 ? undefined : maybe(draw, () => pick(draw, logins).name);
}

function taskOf(draw: Draw, environments: readonly string[], readable: readonly Readable[]): object {
  const cpu = maybe(draw, () => pick(draw, fargateCpus));
  return {
    image: "222222222222.dkr.ecr.eu-west-1.amazonaws.com/web:1.0",
    cpu,
    memory: maybe(draw, () => pick(draw, fargateMemories(cpu ?? 256))),
    architecture: maybe(draw, () => pick(draw, ["x86_64", "arm64"])),
    ...containerOf(draw, 1, readable),
    containers: maybe(draw, () => sidecarsOf(draw, environments, readable)),
  };
}

function sidecarsOf(
  draw: Draw,
  environments: readonly string[],
  readable: readonly Readable[],
): Record<string, unknown> {
  const taken = new Set<string>();
  return Object.fromEntries(
    Array.from({ length: draw(fc.integer, { min: 1, max: 3 }) }, (_, index) => {
      const environment = environmentOf(draw, readable);
      const init = maybe(draw, () => draw(fc.boolean));
      const { port, ports, healthCheck, ...start } = containerOf(draw, 2 + index, readable);
      return [
        freshName(draw, taken),
        defined({
          image: "public.ecr.aws/nginx/nginx:1.29",
          init,
          environment: Object.keys(environment).length > 0 ? environment : undefined,
          variables: maybe(draw, () => variablesOf(draw, environments)),
          repositoryCredentials: loginOf(draw, readable),
          ...start,
          ...(init === true ? {} : defined({ port, ports, healthCheck })),
        }),
      ];
    }),
  );
}

/** `number` tells the containers of a task apart, which share its ports. */
function containerOf(draw: Draw, number: number, readable: readonly Readable[]): Record<string, unknown> {
  const files = filesOf(draw, readable);
  const ports = pick(draw, ["none", "one", "several"]);
  return defined({
    port: ports === "one" ? number + 10 * draw(fc.integer, { min: 0, max: 6_000 }) : undefined,
    ports: ports === "several" ? [number * 100, `${number * 1000}/udp`] : undefined,
    files,
    entryPoint: files === undefined ? maybe(draw, () => ["/sbin/start"]) : ["/sbin/start", "--"],
    command: maybe(draw, () => ["node", "server.js"]),
    user: maybe(draw, () => pick(draw, [101, "1000:1000", "nginx", "node:node"])),
    writable: maybe(draw, () => (draw(fc.boolean) ? ["/tmp", "/var/run"] : { "/tmp": 64 })),
    healthCheck: maybe(draw, () => ({
      command: draw(fc.boolean) ? "curl -f http://localhost/" : ["/bin/true"],
      ...defined({
        interval: maybe(draw, () => `${draw(fc.integer, { min: 5, max: 300 })} seconds`),
        timeout: maybe(draw, () => `${draw(fc.integer, { min: 2, max: 60 })} seconds`),
        retries: maybe(draw, () => draw(fc.integer, { min: 1, max: 10 })),
        startPeriod: maybe(draw, () => `${draw(fc.integer, { min: 2, max: 300 })} seconds`),
      }),
    })),
    stopTimeout: maybe(draw, () => `${draw(fc.integer, { min: 2, max: 120 })} seconds`),
  });
}

function filesOf(draw: Draw, readable: readonly Readable[]): Record<string, string> | undefined {
  const references = Object.values(environmentOf(draw, readable));
  if (references.length === 0) return undefined;
  const folder = pick(draw, ["/run/values", "/tmp", "/etc/service"]);
  return Object.fromEntries(references.map((reference, index) => [`${folder}/${index}.txt`, reference]));
}

function projectOf(draw: Draw): object {
  const source = maybe(draw, () =>
    pick(draw, ["https://github.com/example/web", "s3://example-builds/web.zip"]),
  );
  const commands = { commands: ["make"] };
  const buildspec =
    source === undefined ? commands : maybe(draw, () => (draw(fc.boolean) ? "build/spec.yml" : commands));
  return {
    source,
    buildspec,
    image: maybe(draw, () => "222222222222.dkr.ecr.eu-west-1.amazonaws.com/builder:1.0"),
  };
}

function repositoriesOf(draw: Draw): object {
  return { repositories: maybe(draw, () => ["222222222222.dkr.ecr.eu-west-1.amazonaws.com/team/web"]) };
}

/** By Pod Identity in a named cluster or in any, or by tokens; a cluster gives each service account one role. */
function podsOf(draw: Draw, environments: readonly string[]): object {
  const way = pick(draw, ["cluster", "any cluster", "tokens"]);
  return {
    namespace: perEnvironment(draw, environments, () => pick(draw, ["shop", "team-7"])),
    serviceAccount: perEnvironment(draw, environments, () => `pods.${draw(fc.uuid)}`),
    ...(way === "cluster" && {
      cluster: perEnvironment(draw, environments, () => pick(draw, ["main", "Other_1"])),
    }),
    ...(way === "tokens" && {
      oidcProvider: perEnvironment(draw, environments, () =>
        pick(draw, [
          "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
          "oidc-eks.eu-west-1.api.aws/id/0123456789ABCDEF0123456789ABCDEF",
        ]),
      ),
    }),
  };
}
