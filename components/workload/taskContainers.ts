import type { EcsConsumerArgs, EcsTaskArgs } from "./ecsConsumerArgs";
import { containerDefinition, lowestKeptPort } from "./taskContainer";

/** The main one first: it alone is told where the values are, and what holds for all of them. */
export function containersOf({ name, references }: EcsConsumerArgs, task: EcsTaskArgs, logGroupName: string) {
  const sidecars = Object.entries(task.sidecars ?? {});
  const { region } = task;
  const openedPort = lowestKeptPort([task, ...sidecars.map(([, sidecar]) => sidecar)]);
  const inits = sidecars.flatMap(([own, { init }]) => (init === true ? [own] : []));
  const last = inits.slice(-1);
  return [
    containerDefinition({ ...task, name, references, logGroupName, openedPort, after: last }),
    ...sidecars.map(([own, sidecar]) => {
      const after = sidecar.init === true ? inits.slice(0, inits.indexOf(own)).slice(-1) : last;
      return containerDefinition({ ...sidecar, name: own, references: [], logGroupName, region, after });
    }),
  ];
}
