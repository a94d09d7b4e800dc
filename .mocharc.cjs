"use strict";

// Names no files, so that `npx mocha FILE` runs that file alone; `npm test` and its groups are run by tools/tests/run.ts.
// In CI a test that was left out is a failure; elsewhere the reporter lists it with what the machine lacks.
module.exports = {
  require: ["tsx/cjs", "./tools/tests/endOfRun.ts"],
  reporter: "tools/tests/reporter.ts",
  // Against what never ends; a busy machine keeps it.
  timeout: 120_000,
  forbidPending: process.env.CI === "true",
  forbidOnly: process.env.CI === "true",
};
