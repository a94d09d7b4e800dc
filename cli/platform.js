#!/usr/bin/env node
"use strict";

// The command is TypeScript and loads most of Pulumi; bundled once it starts in half the time. Where no bundle can be
// kept it runs from its sources.
const { freshBundle } = require("./bundle.js");
const { runCompiled } = require("./runCompiled.js");

const bundle = freshBundle();
if (bundle === undefined) {
  require("tsx/cjs");
  require("./main.ts");
} else {
  runCompiled(bundle, { brief: process.argv[2] === "check" });
}
