import type { Architecture } from "../../model/catalogue/types";
import type { LogSettings } from "../logGroup";
import type { ConsumerArgs } from "./consumerArgs";
import type { ConsumerRoleArgs } from "./consumerRole";
import type { ContainerSettings } from "./taskContainer";

/** `name` is the task definition's family and its container's name, at most 255 characters. */
export interface EcsConsumerArgs extends ConsumerArgs {
  /** Fetches the image and what is injected, before the container starts. */
  readonly executionRole: ConsumerRoleArgs;
  /** What the program in the container runs as. */
  readonly taskRole: ConsumerRoleArgs;
  readonly logs: LogSettings;
  /** @default no task definition, only the roles and the log group, for tasks that are deployed by other means */
  readonly task?: EcsTaskArgs | undefined;
}

/** A task with the container that the consumer is named for. */
export interface EcsTaskArgs extends EcsContainerArgs {
  /** CPU units, 1,024 being one virtual CPU; one of Fargate's sizes. */
  readonly cpu: number;
  /** MiB; one of the sizes Fargate has for that CPU. */
  readonly memoryMiB: number;
  /** Processors that all images are built for. @default x86_64 */
  readonly architecture?: Architecture | undefined;
  /** Containers beside it, by name; the task ends when one of them does that is no `init`. @default none */
  readonly sidecars?: Readonly<Record<string, EcsSidecarArgs>> | undefined;
  readonly region: string;
}

type Hardened = "name" | "references" | "logGroupName" | "region" | "openedPort" | "init" | "after";

/** `injected` is what ECS fetches once, when a task starts; a later rotation does not reach it. */
export type EcsContainerArgs = Omit<ContainerSettings, Hardened>;

export interface EcsSidecarArgs extends EcsContainerArgs {
  /** It runs to its end before those start that stay; several run one after the other. @default it stays */
  readonly init?: boolean | undefined;
}
