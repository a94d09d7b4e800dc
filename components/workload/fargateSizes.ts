import { check, type Failure } from "../validation";

interface Memory {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

const gib = 1_024;

/**
 * Memory in MiB that Fargate has for each number of CPU units.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const sizes: ReadonlyMap<number, Memory | readonly number[]> = new Map<number, Memory | readonly number[]>([
  [256, [512, gib, 2 * gib]],
  [512, { from: gib, to: 4 * gib, step: gib }],
  [1_024, { from: 2 * gib, to: 8 * gib, step: gib }],
  [2_048, { from: 4 * gib, to: 16 * gib, step: gib }],
  [4_096, { from: 8 * gib, to: 30 * gib, step: gib }],
  [8_192, { from: 16 * gib, to: 60 * gib, step: 4 * gib }],
  [16_384, { from: 32 * gib, to: 120 * gib, step: 8 * gib }],
]);

export function checkTaskSize(cpu: number, memory: number): Failure[] {
  const size = sizes.get(cpu);
  if (size === undefined) {
    const allowed = [...sizes.keys()].join(", ");
    return check(false, "cpu", `${cpu} CPU units was found`, `Fargate has ${allowed}`, "choose one of them");
  }
  const offered = "step" in size ? sequence(size) : size;
  const allowed = "step" in size ? `${size.from} to ${size.to} in steps of ${size.step}` : size.join(", ");
  return check(
    offered.includes(memory),
    "memory",
    `${memory} MiB was found`,
    `with ${cpu} CPU units Fargate has ${allowed} MiB`,
    "choose one of them",
  );
}

function sequence({ from, to, step }: Memory): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
