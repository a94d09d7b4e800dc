"use strict";

// For a process's `--require`: says on standard error that types are checked, which takes seconds and begins with
// TypeScript's own declarations.
const fs = require("node:fs");

const read = fs.readFileSync;
fs.readFileSync = (path, ...rest) => {
  if (/[\\/]typescript[\\/]lib[\\/]lib\..*\.d\.ts$/.test(String(path)))
    process.stderr.write("types are checked\n");
  return read(path, ...rest);
};
