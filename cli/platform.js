#!/usr/bin/env node
"use strict";

// Node cannot load a thing from a folder that was deleted, and says so with a stack trace.
try {
  process.cwd();
} catch {
  process.stderr.write(
    "error: the folder that this runs in was deleted; change to one that is there, with `cd`\n",
  );
  process.exit(2);
}

// The command is TypeScript and loads most of Pulumi; bundled once it starts in a third of the time (startup/README.md).
// Where no bundle can be kept it runs from its sources.
const { freshBundle } = require("../startup/bundle.js");
const { runCompiled } = require("../startup/runCompiled.js");

// A signal that comes while the command is being loaded is answered by the command itself (interrupt.ts).
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

const bundle = freshBundle();
if (bundle === undefined) {
  require("tsx/cjs");
  require("./main.ts");
} else {
  runCompiled(bundle, { brief: process.argv[2] === "check" });
}
