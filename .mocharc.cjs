"use strict";

// In CI a test that was left out is a failure; elsewhere the reporter lists it with what the machine lacks.
module.exports = {
  require: ["tsx/cjs"],
  spec: ["test/**/*.test.ts"],
  reporter: "test/support/reporter.ts",
  timeout: 20_000,
  forbidPending: process.env.CI === "true",
};
