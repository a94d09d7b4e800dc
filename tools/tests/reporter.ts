import Mocha from "mocha";
import { tellCounts } from "./counts";
import { takeLeftOut, tellLeftOut } from "./leftOut";

const { EVENT_RUN_END } = Mocha.Runner.constants;

/** Mocha's own report, then what was left out and why, then one plain line with the counts. */
class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(EVENT_RUN_END, () => {
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      process.stdout.write(tellLeftOut(takeLeftOut()) + tellCounts({ passed, failed, skipped }));
    });
  }
}

module.exports = Reporter;
