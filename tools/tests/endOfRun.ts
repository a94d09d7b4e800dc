const works: (() => Promise<void>)[] = [];

/** Has this done once all test files of the process have run: for what they share. */
export function atEndOfRun(work: () => Promise<void>): void {
  works.push(work);
}

/** Mocha calls it by its name (`require` in .mocharc.cjs), and so does the runner of groups. */
export async function mochaGlobalTeardown(): Promise<void> {
  for (const work of works.splice(0)) await work();
}
