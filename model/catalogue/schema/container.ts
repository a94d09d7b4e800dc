import {
  containerLimits,
  coveredPaths,
  filePaths,
  mountablePaths,
  ordinaryUsers,
} from "../../aws/containers";
import { fargateMemory } from "../../aws/fargate";
import { z } from "zod";
import {
  either,
  expectationOfSchema,
  expecting,
  flag,
  integer,
  list,
  named,
  section,
  text,
} from "../../yaml/expectation";
import { durationOf } from "./durations";
import { imageReference } from "./image";
import { itemName, itemReference, valueReference, variableName } from "./names";
import { plainVariables } from "./variables";

const argument = expecting(z.string().check(expecting(z.minLength(1), { allowed: "must not be empty" })), {
  allowed: "must be a text",
});

const port = integer(1, 65_535, "a port");
const onePort = expecting(integer(1, 65_535, "a port"), (value) => ({
  ...expectationOfSchema(port)!,
  ...(Array.isArray(value) && { remedy: "list several under `ports`" }),
}));
const wordsOfPort =
  "must be a port, a whole number from 1 to 65535, or with its protocol, such as `8125/udp`";
const portWithProtocol = text(
  /^(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])\/(?:tcp|udp)$/,
  wordsOfPort,
);

const wordsOfUser =
  "must be a user that is not root, by number or name, with a group or without, such as `1000:1000`";
const ordinaryUser = text(ordinaryUsers, wordsOfUser, "have the image run as an ordinary user");

const path = text(
  mountablePaths,
  `must be an absolute path of a folder, such as \`/tmp\`, without \`..\` and outside of ${coveredPaths}`,
);

const filePath = text(
  filePaths,
  `must be an absolute path of a file in a folder, such as \`/run/tls/tls.key\`, without \`..\` and outside of ${coveredPaths}`,
);

const { healthInterval, healthTimeout, healthRetries, healthStartPeriod, stopTimeout } = containerLimits;

/** Also in minutes, where it is that long. */
function seconds({ from, to }: { readonly from: number; readonly to: number }) {
  return durationOf(
    ["second", "minute"],
    { amount: from, unit: "second" },
    { amount: to / 60, unit: "minute" },
  );
}

const healthCheck = section("`healthCheck`", {
  command: either(
    [argument, list("texts", argument)],
    "must be a command of the container's shell, or a list of a program and its arguments",
  ).describe(
    "Command in the container that ends in 0 while it is healthy: one of its shell, or a list of words.",
  ),
  interval: seconds(healthInterval)
    .optional()
    .meta({ default: "30 seconds" })
    .describe("Time between two checks: `N seconds`, 5 to 300. Default: `30 seconds`."),
  timeout: seconds(healthTimeout)
    .optional()
    .meta({ default: "5 seconds" })
    .describe("Longest a check may take: `N seconds`, 2 to 60. Default: `5 seconds`."),
  retries: integer(healthRetries.from, healthRetries.to, "a number of tries")
    .optional()
    .meta({ default: 3 })
    .describe("Failed checks in a row until it is unhealthy, 1 to 10. Default: 3."),
  startPeriod: seconds(healthStartPeriod)
    .optional()
    .describe("Time in which failed checks do not count: `N seconds`, up to 300. Default: none."),
});

/** What each container of a task takes beside its image and its variables. */
export const containerKeys = {
  port: onePort
    .optional()
    .describe("TCP port the container listens on, as an ordinary user; one under 1024 is opened to it."),
  ports: list("ports", either([port, portWithProtocol], wordsOfPort))
    .optional()
    .describe("Ports the container listens on, where it is several or not TCP: `[8080, 8125/udp]`."),
  entryPoint: list("texts", argument)
    .optional()
    .describe(
      "Program instead of the image's entry point, with arguments that come before `command`. The image's own command goes with it.",
    ),
  command: list("texts", argument).optional().describe("Command and arguments instead of the image's own."),
  user: either([ordinaryUser, integer(1, 999_999_999, "a user's number")], wordsOfUser)
    .optional()
    .meta({ default: "1000:1000" })
    .describe(
      'User that the container runs as, never root: `"UID:GID"` or a name of the image. Default: `1000:1000`.',
    ),
  writable: either(
    [list("paths", path), named("path to MiB", path, integer(1, fargateMemory.highest, "a number of MiB"))],
    "must be a list of paths, or a map from path to MiB",
  )
    .optional()
    .describe(
      "Folders that may be written, in memory and gone with the task: `[/tmp]`, 64 MiB each, or `{/tmp: 256}` in MiB. The rest of the file system stays read-only.",
    ),
  files: named("path to item", filePath, valueReference())
    .optional()
    .describe(
      "Files that hold a value, for programs that take no variable: `PATH: item`, `item.field` or `service/item.field`. A shell of the image writes them into folders in memory before `entryPoint` starts, which they need. A copy taken once: it does not follow a rotation.",
    ),
  healthCheck: healthCheck.optional().describe("How ECS finds out whether the container is healthy."),
  stopTimeout: seconds(stopTimeout)
    .optional()
    .meta({ default: "30 seconds" })
    .describe("Time to end by itself before it is killed: `N seconds`, up to 120. Default: `30 seconds`."),
  repositoryCredentials: itemReference()
    .optional()
    .describe(
      "Secret with the fields `username` and `password` of a private registry outside Amazon ECR, read by the execution role.",
    ),
};

export const environment = named("variable name to item", variableName(), valueReference())
  .optional()
  .describe(
    "Variables that AWS fills at start: `VARIABLE: item`, `item.field` or `service/item.field`. A copy taken once: it does not follow a rotation.",
  );

/** Containers beside the main one, which the consumer itself describes. */
export const sidecars = named(
  "container name to container",
  itemName(),
  section("a container", {
    image: imageReference.describe("Container image."),
    init: flag()
      .optional()
      .describe(
        "`true`: it runs to its end before the containers that stay start, such as to migrate a database; several run one after the other, in the order written here. Where it fails, the task does.",
      ),
    environment,
    variables: plainVariables,
    ...containerKeys,
  }).describe("One further container of the task."),
)
  .optional()
  .describe(
    "Containers beside the main one, which the consumer's own keys describe. They share its roles and network; the task ends when one of them does, but for an `init` that succeeds.",
  );
