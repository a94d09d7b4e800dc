import { provided } from "../leftOut";

interface Emulated {
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Hooks of a suite that needs an emulator: started before its first test, or the suite left out; empty before each;
 * stopped after the last.
 * @param use told of it once it runs
 */
export function inCloud<Cloud extends Emulated>(
  start: () => Promise<Cloud>,
  use: (started: Cloud) => void,
): void {
  let cloud: Cloud | undefined;
  before(async function () {
    this.timeout(720_000);
    cloud = await provided(this, start);
    use(cloud);
  });
  beforeEach(() => cloud?.reset());
  after(() => cloud?.stop());
}
