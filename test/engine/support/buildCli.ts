/** Run before the tests, so that the minutes of the first build do not count against a test's time. */
import { ensurePulumiCli } from "./cli";

ensurePulumiCli().then(
  (path) => process.stdout.write(`${path}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
