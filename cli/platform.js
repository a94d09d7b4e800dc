#!/usr/bin/env node
"use strict";

// The command is TypeScript and loads most of Pulumi; bundled once it starts in half the time. Where no bundle can be
// kept it runs from its sources.
const { runBundle } = require("./bundle.js");

if (!runBundle()) {
  require("tsx/cjs");
  require("./main.ts");
}
