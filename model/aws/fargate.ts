/**
 * CPU units and the MiB of memory AWS Fargate runs with them
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html).
 */
const sizes: ReadonlyMap<number, { lowest: number; highest: number; step: number }> = new Map([
  [256, { lowest: 512, highest: 2048, step: 512 }],
  [512, { lowest: 1024, highest: 4096, step: 1024 }],
  [1024, { lowest: 2048, highest: 8192, step: 1024 }],
  [2048, { lowest: 4096, highest: 16_384, step: 1024 }],
  [4096, { lowest: 8192, highest: 30_720, step: 1024 }],
  [8192, { lowest: 16_384, highest: 61_440, step: 4096 }],
  [16_384, { lowest: 32_768, highest: 122_880, step: 8192 }],
]);

export const fargateCpus: readonly number[] = [...sizes.keys()];

/** MiB that go with one number of CPU units or another. */
export const fargateMemory = {
  lowest: Math.min(...[...sizes.values()].map(({ lowest }) => lowest)),
  highest: Math.max(...[...sizes.values()].map(({ highest }) => highest)),
};

/** MiB that go with this many CPU units, ascending; empty for a number Fargate does not offer. */
export function fargateMemories(cpu: number): readonly number[] {
  const size = sizes.get(cpu);
  if (size === undefined) return [];
  // A quarter of a processor goes with 512, 1024 and 2048 MiB, not with 1536.
  if (cpu === 256) return [512, 1024, 2048];
  const count = (size.highest - size.lowest) / size.step + 1;
  return Array.from({ length: count }, (_, index) => size.lowest + index * size.step);
}
