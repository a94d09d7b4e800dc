import Mocha from "mocha";
import { leftOut } from "./leftOut";

const { EVENT_RUN_END } = Mocha.Runner.constants;

/** Mocha's own report, then what was left out and why, then one plain line with the counts. */
class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const lines = leftOut().map(({ tests, reason }) => `  ${tests}\n    ${reason}`);
      if (lines.length > 0) process.stdout.write(`Left out on this machine:\n${lines.join("\n")}\n\n`);
      const skipped = pending > 0 ? `, ${pending} skipped` : "";
      process.stdout.write(`${passes} passed, ${failures} failed${skipped}\n`);
    });
  }
}

module.exports = Reporter;
