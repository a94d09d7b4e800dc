import { valueFrom } from "../../model/references/valueFrom";
import { type InjectedValue, plainEnvironment, type PlainVariables, type ValueReference } from "./references";

/** One container of an ECS task, as `containerDefinitions` takes it. */
export interface ContainerSettings {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[] | undefined;
  /** TCP port it listens on. */
  readonly port?: number | undefined;
  readonly references: readonly ValueReference[];
  readonly injected: readonly InjectedValue[];
  readonly variables?: PlainVariables | undefined;
  readonly logGroupName: string;
  readonly region: string;
}

/**
 * A container that holds no value: `environment` says where values are, `secrets` what ECS fetches at the start. It
 * runs as an ordinary user without capabilities on a file system it cannot write, as Security Hub's ECS.4, ECS.5, ECS.8,
 * ECS.9 and ECS.20 ask.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinition(settings: ContainerSettings) {
  const { name, image, command, port } = settings;
  return {
    name,
    image,
    essential: true,
    user: "1000:1000",
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
    ...(command && { command }),
    ...(port !== undefined && { portMappings: [{ containerPort: port, protocol: "tcp" }] }),
    ...(port !== undefined && port < firstOrdinaryPort && { systemControls: [openedFrom(port)] }),
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

/** Linux keeps the ports below it for root, as the container's user is not. */
const firstOrdinaryPort = 1024;

/**
 * Kernel parameter of the task's own network, by which any user may listen on that port and those above it. Fargate takes
 * it since platform version 1.4.0, the one that `LATEST` means.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html
 * https://docs.kernel.org/networking/ip-sysctl.html
 */
function openedFrom(port: number) {
  return { namespace: "net.ipv4.ip_unprivileged_port_start", value: String(port) };
}
