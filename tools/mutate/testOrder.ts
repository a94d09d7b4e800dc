import type { ImportGraph } from "../tests/importGraph";

interface Timed {
  readonly test: string;
  readonly milliseconds: number;
}

/** Which test files to run for a change, those that most likely notice it first: survivors cost all of them. */
export class TestOrder {
  readonly #tests: Timed[] = [];
  /** By `file test`. */
  readonly #noticed = new Map<string, number>();

  constructor(private readonly graph: ImportGraph) {}

  add(test: string, milliseconds: number): void {
    this.#tests.push({ test, milliseconds });
  }

  noticed(file: string, test: string): void {
    const key = `${file} ${test}`;
    this.#noticed.set(key, (this.#noticed.get(key) ?? 0) + 1);
  }

  testsOf(file: string): readonly Timed[] {
    const worth = ({ test, milliseconds }: Timed) => {
      const seen = this.#noticed.get(`${file} ${test}`) ?? 0;
      const isOwn = test === `test/${file.replace(/\.ts$/, ".test.ts")}`;
      const isNear = test.startsWith(`test/${file.slice(0, file.lastIndexOf("/"))}/`);
      return (1 + seen * 10 + (isOwn ? 50 : 0) + (isNear ? 5 : 0)) / (milliseconds + 50);
    };
    return this.#tests
      .filter(({ test }) => this.graph.reachedFrom(test).has(file))
      .sort((a, b) => worth(b) - worth(a));
  }
}
