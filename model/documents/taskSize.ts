import { taskDefinitionBytes } from "../aws/containers";
import { referenceVariable } from "../catalogue/referenceVariable";
import type { ContainerSettings } from "../catalogue/types";
import type { ConsumerPlan, Plan, ReadableItem } from "../plan/types";
import type { Problem } from "../yaml/problem";
import { startWithFiles } from "./startWithFiles";
import { format } from "./sizes";

/** What each container has beside what its manifest says: its name, log settings, hardening. */
const fixedBytes = 1_000;

/**
 * Task definitions whose variables, commands and checks come to more than Amazon ECS takes.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
 */
export function taskSizeProblems({ consumers }: Plan): Problem[] {
  return consumers.flatMap((consumer) => {
    const { settings } = consumer;
    if (settings.kind !== "ecs" || settings.task === undefined) return [];
    const { sidecars, ...main } = settings.task;
    const bytes = [
      containerBytes(consumer, main, undefined),
      ...Object.entries(sidecars).map(([name, own]) => containerBytes(consumer, own, name)),
    ].reduce((sum, size) => sum + size, 0);
    if (bytes <= taskDefinitionBytes) return [];
    return [
      {
        ...settings.at,
        path: `consumers.${consumer.consumer}`,
        found: `the task definition of ${consumer.name} would have about ${format(bytes)} bytes`,
        allowed: `Amazon ECS takes ${format(taskDefinitionBytes)}`,
        remedy: "shorten its variables, or keep long texts in parameters that it reads",
      },
    ];
  });
}

function containerBytes(
  { service, injections, variables, sidecarVariables, role }: ConsumerPlan,
  settings: ContainerSettings,
  name: string | undefined,
): number {
  const isMain = name === undefined;
  const plain = Object.entries(isMain ? variables : (sidecarVariables[name] ?? {}));
  const places = isMain
    ? role.grants.map((item) => {
        const written = item.service === service ? item.item : `${item.service}/${item.item}`;
        return [referenceVariable(written), arnOf(item)] as const;
      })
    : [];
  const own = injections.filter(({ container: of }) => of === name);
  const files = own.flatMap(({ variable, file }) => (file === undefined ? [] : [{ variable, path: file }]));
  const container = {
    ...settings,
    ...startWithFiles(settings, files),
    environment: [...plain, ...places].map(([variable, value]) => ({ name: variable, value })),
    secrets: own.map(({ variable, item, field }) => ({
      name: variable,
      valueFrom: `${arnOf(item)}:${field ?? ""}::`,
    })),
  };
  return fixedBytes + Buffer.byteLength(JSON.stringify(container), "utf8");
}

/** As long as the ARN that AWS will make of it. */
function arnOf(item: ReadableItem): string {
  return item.kind === "secret" ? item.arnPattern : item.arn;
}
