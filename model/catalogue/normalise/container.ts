import { type AcceptedManifest, entriesOf, placeOf } from "../reading/manifest";
import type { ServiceOutput } from "../schema/service";
import type { ContainerSettings, Port, WritableFolder } from "../types";
import type { Path } from "../../yaml/tree";
import { isList } from "./parameterValue";
import { parseReference } from "./reference";

type ConsumerInput = NonNullable<ServiceOutput["consumers"]>[string];
type Ecs = Extract<ConsumerInput, { kind: "ecs" }>;
type ContainerInput = NonNullable<Ecs["containers"]>[string];

/** MiB of a folder that may be written whose size the manifest does not say. */
export const writableMiB = 64;

/** A container with its defaults; `path` leads to it in the manifest. */
export function normaliseContainer(
  manifest: AcceptedManifest,
  path: Path,
  input: ContainerInput,
): ContainerSettings {
  const writable = writableOf(input.writable);
  const { image, entryPoint, command, user, healthCheck, stopTimeout, repositoryCredentials } = input;
  return {
    image,
    imageAt: placeOf(manifest, [...path, "image"]),
    ...(entryPoint !== undefined && { entryPoint }),
    ...(command !== undefined && { command }),
    ports: portsOf(input),
    ...(user !== undefined && { user: String(user) }),
    writable: [
      ...writable,
      ...fileFolders(
        input.files,
        writable.map(({ path }) => path),
      ),
    ],
    ...(healthCheck !== undefined && {
      healthCheck: {
        command:
          typeof healthCheck.command === "string"
            ? ["CMD-SHELL", healthCheck.command]
            : ["CMD", ...healthCheck.command],
        intervalSeconds: healthCheck.interval ?? 30,
        timeoutSeconds: healthCheck.timeout ?? 5,
        retries: healthCheck.retries ?? 3,
        ...(healthCheck.startPeriod !== undefined && { startPeriodSeconds: healthCheck.startPeriod }),
      },
    }),
    ...(stopTimeout !== undefined && { stopTimeoutSeconds: stopTimeout }),
    ...(repositoryCredentials !== undefined && {
      repositoryCredentials: parseReference(repositoryCredentials, manifest.service),
    }),
  };
}

function portsOf({ port, ports }: Pick<ContainerInput, "port" | "ports">): readonly Port[] {
  return [...(port === undefined ? [] : [port]), ...(ports ?? [])].map(readPort);
}

/** `8080` is a TCP port; `8125/udp` says its protocol. */
export function readPort(written: number | string): Port {
  if (typeof written === "number") return { port: written, protocol: "tcp" };
  const [number, protocol] = written.split("/");
  return { port: Number(number), protocol: protocol === "udp" ? "udp" : "tcp" };
}

/** MiB of the folder of files that hold values, of which Secrets Manager takes 64 KiB each. */
const fileFolderMiB = 1;

/** Folders of `files` that are not writable anyway. */
export function fileFolders(files: object = {}, writable: readonly string[]): readonly WritableFolder[] {
  return [...new Set(Object.keys(files).map(folderOf))]
    .filter((path) => !writable.includes(path))
    .map((path) => ({ path, sizeMiB: fileFolderMiB }));
}

export function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf("/"));
}

/** Variable that holds what a file is made of until the program starts; `index` counts the container's files. */
export function fileVariable(index: number): string {
  return `PLATFORM_FILE_${index + 1}`;
}

function writableOf(given: ContainerInput["writable"]): readonly WritableFolder[] {
  if (given === undefined) return [];
  if (isList(given)) return given.map((path) => ({ path, sizeMiB: writableMiB }));
  return entriesOf(given).map(([path, sizeMiB]) => ({ path, sizeMiB }));
}
