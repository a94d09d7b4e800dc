"use strict";

const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { dirname } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");
const { replace } = require("./replace.js");

/**
 * Runs a script as `require` would, with what V8 compiled of it the last time, which is a fifth of the start. `brief`
 * turns V8's optimising compiler off: what is over within a second is over before optimising pays, and takes a third
 * less time without. Compiled code is kept for each, since V8 takes none that was made under other flags.
 */
exports.runCompiled = function runCompiled(file, { brief }) {
  if (brief) setFlagsFromString("--no-opt");
  const [briefFile, longFile] = compiledFiles(file);
  const compiledFile = brief ? briefFile : longFile;
  const cachedData = readIfThere(compiledFile);
  const script = new Script(wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  if (cachedData !== undefined && !script.cachedDataRejected) return;
  process.once("exit", () => keep(compiledFile, script));
};

/** What is kept beside a script: compiled for brief runs, and for long ones. */
exports.compiledFiles = compiledFiles;
function compiledFiles(file) {
  return [`${file}.brief`, `${file}.long`];
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The next start is slower where it cannot be kept, and nothing else. */
function keep(file, script) {
  try {
    replace(file, script.createCachedData());
  } catch {
    // As when another process has just made the bundle anew.
  }
}
