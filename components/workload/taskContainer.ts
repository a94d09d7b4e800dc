import type { HealthCheck, Port, WritableFolder } from "../../model/catalogue/types";
import { valueFrom } from "../../model/references/valueFrom";
import { startWithFiles, type WrittenFile } from "../../model/documents/startWithFiles";
import { type InjectedValue, plainEnvironment, type PlainVariables, type ValueReference } from "./references";

/** One container of an ECS task, as `containerDefinitions` takes it. */
export interface ContainerSettings {
  readonly name: string;
  readonly image: string;
  /** In place of the image's, whose command goes with it. Needed where a value is written to a file. */
  readonly entryPoint?: readonly string[] | undefined;
  readonly command?: readonly string[] | undefined;
  /** What it listens on. @default nothing */
  readonly ports?: readonly Port[] | undefined;
  /** Who it runs as, never root. @default `1000:1000` */
  readonly user?: string | undefined;
  /** Folders in memory that it may write, beside which it writes nothing. @default none */
  readonly writable?: readonly WritableFolder[] | undefined;
  /** @default ECS is told of none */
  readonly healthCheck?: HealthCheck | undefined;
  /** Time to end by itself. @default 30, as ECS has it */
  readonly stopTimeoutSeconds?: number | undefined;
  /** Full ARN of the secret with the login of its image's registry. @default none */
  readonly repositoryCredentials?: string | undefined;
  /** Lowest port that Linux keeps for root and that any container of the task listens on. */
  readonly openedPort?: number | undefined;
  readonly references: readonly ValueReference[];
  /** Where one has a `file`, its folder is one of `writable`. */
  readonly injected: readonly InjectedValue[];
  readonly variables?: PlainVariables | undefined;
  readonly logGroupName: string;
  readonly region: string;
  /** It ends by itself, and the task goes on. @default the task ends with it */
  readonly init?: boolean | undefined;
  /** Containers that end well before it starts. @default none */
  readonly after?: readonly string[] | undefined;
}

/**
 * A container that holds no value: `environment` says where values are, `secrets` what ECS fetches at the start. It
 * runs as an ordinary user without capabilities on a file system it cannot write, as Security Hub's ECS.4, ECS.5, ECS.8,
 * ECS.9 and ECS.20 ask.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinition(settings: ContainerSettings) {
  const { name, image, ports = [], user, healthCheck, openedPort, after = [] } = settings;
  const tmpfs = (settings.writable ?? []).map(memoryFolder);
  return {
    name,
    image,
    essential: settings.init !== true,
    user: user ?? "1000:1000",
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: {
      initProcessEnabled: true,
      capabilities: { drop: ["ALL"] },
      ...(tmpfs.length > 0 && { tmpfs }),
    },
    ...startWithFiles(settings, filesOf(settings)),
    ...(after.length > 0 && { dependsOn: after.map(endedWell) }),
    ...(ports.length > 0 && {
      portMappings: ports.map(({ port, protocol }) => ({ containerPort: port, protocol })),
    }),
    ...(openedPort !== undefined && { systemControls: [openedFrom(openedPort)] }),
    ...(healthCheck && { healthCheck: healthCheckOf(healthCheck) }),
    ...(settings.stopTimeoutSeconds !== undefined && { stopTimeout: settings.stopTimeoutSeconds }),
    ...(settings.repositoryCredentials !== undefined && {
      repositoryCredentials: { credentialsParameter: settings.repositoryCredentials },
    }),
    environment: Object.entries(plainEnvironment(settings.references, settings.variables)).map(
      ([variable, value]) => ({ name: variable, value }),
    ),
    secrets: [...settings.injected]
      .sort((a, b) => (a.variable < b.variable ? -1 : 1))
      .map((value) => ({ name: value.variable, valueFrom: valueFrom(value) })),
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": settings.logGroupName,
        "awslogs-region": settings.region,
        "awslogs-stream-prefix": name,
      },
    },
  };
}

function filesOf({ injected }: ContainerSettings): readonly WrittenFile[] {
  return injected
    .flatMap(({ variable, file }) => (file === undefined ? [] : [{ variable, path: file }]))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
function endedWell(containerName: string) {
  return { containerName, condition: "SUCCESS" };
}

/**
 * A file system in memory, which anybody in the container may write, as Docker makes them: a volume of Fargate would be
 * root's alone. Nothing in it runs.
 * https://aws.amazon.com/about-aws/whats-new/2026/01/amazon-ecs-tmpfs-mounts-aws-fargate-managed-instances/
 * https://docs.docker.com/engine/storage/tmpfs/
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tmpfs.html
 */
function memoryFolder({ path, sizeMiB }: WritableFolder) {
  return { containerPath: path, size: sizeMiB, mountOptions: ["rw", "noexec", "nosuid", "nodev"] };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function healthCheckOf(check: HealthCheck) {
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = check;
  return {
    command,
    interval: intervalSeconds,
    timeout: timeoutSeconds,
    retries,
    ...(startPeriodSeconds !== undefined && { startPeriod: startPeriodSeconds }),
  };
}

/** Linux keeps the ports below it for root, as the container's user is not. */
const firstOrdinaryPort = 1024;

/** The lowest port of all containers that must be opened to ordinary users; undefined where there is none. */
export function lowestKeptPort(containers: readonly Pick<ContainerSettings, "ports">[]): number | undefined {
  const kept = containers
    .flatMap(({ ports = [] }) => ports.map(({ port }) => port))
    .filter((port) => port < firstOrdinaryPort);
  return kept.length > 0 ? Math.min(...kept) : undefined;
}

/**
 * Kernel parameter of the task's own network, by which any user may listen on that port and those above it. It holds for
 * all containers of the task, so that one of them is told. Fargate takes it since platform version 1.4.0, the one that
 * `LATEST` means.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html
 * https://docs.kernel.org/networking/ip-sysctl.html
 */
function openedFrom(port: number) {
  return { namespace: "net.ipv4.ip_unprivileged_port_start", value: String(port) };
}
