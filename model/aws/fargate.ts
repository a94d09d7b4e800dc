/** CPU units of a task. */
export const fargateCpus = [256, 512, 1024, 2048, 4096, 8192, 16_384] as const;
export type FargateCpu = (typeof fargateCpus)[number];

/**
 * The MiB of memory AWS Fargate runs with them
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html).
 */
const sizes: Readonly<Record<FargateCpu, { lowest: number; highest: number; step: number }>> = {
  256: { lowest: 512, highest: 2048, step: 512 },
  512: { lowest: 1024, highest: 4096, step: 1024 },
  1024: { lowest: 2048, highest: 8192, step: 1024 },
  2048: { lowest: 4096, highest: 16_384, step: 1024 },
  4096: { lowest: 8192, highest: 30_720, step: 1024 },
  8192: { lowest: 16_384, highest: 61_440, step: 4096 },
  16_384: { lowest: 32_768, highest: 122_880, step: 8192 },
};

/** MiB that go with one number of CPU units or another. */
export const fargateMemory = {
  lowest: Math.min(...Object.values(sizes).map(({ lowest }) => lowest)),
  highest: Math.max(...Object.values(sizes).map(({ highest }) => highest)),
};

/** The least MiB that go with this many CPU units. */
export function leastFargateMemory(cpu: FargateCpu): number {
  return sizes[cpu].lowest;
}

/** MiB that go with this many CPU units, ascending; empty for a number Fargate does not offer. */
export function fargateMemories(cpu: number): readonly number[] {
  if (!isFargateCpu(cpu)) return [];
  // A quarter of a processor goes with 512, 1024 and 2048 MiB, not with 1536.
  if (cpu === 256) return [512, 1024, 2048];
  const { lowest, highest, step } = sizes[cpu];
  return Array.from({ length: (highest - lowest) / step + 1 }, (_, index) => lowest + index * step);
}

function isFargateCpu(cpu: number): cpu is FargateCpu {
  return Object.hasOwn(sizes, cpu);
}
