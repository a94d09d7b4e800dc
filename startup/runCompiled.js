"use strict";

const { readFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { dirname } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");
const { replace } = require("./replace.js");
const { isOff } = require("./switches.js");

/**
 * Runs a script as `require` would, with what V8 compiled of it the last time. `brief` turns V8's optimising compiler off:
 * what is over within a second is over before optimising pays. Compiled code is kept for each, since V8 takes none that
 * was made under other flags; and by the script's hash, since V8 itself knows a script by its length alone.
 */
exports.runCompiled = function runCompiled({ file, text, hash }, { brief: isBrief }) {
  const brief = isBrief && !isOff("PLATFORM_NO_BRIEF");
  if (brief) setFlagsFromString("--no-opt");
  const compiledFile = `${file}.${hash.slice(0, 16)}.${brief ? "brief" : "long"}`;
  const keeps = !isOff("PLATFORM_NO_COMPILED");
  const cachedData = keeps ? readIfThere(compiledFile) : undefined;
  const script = new Script(wrap(text), { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  if (!keeps || (cachedData !== undefined && !script.cachedDataRejected)) return;
  process.once("exit", () => keep(compiledFile, script));
};

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
    // As when another process has just made the bundle again.
  }
}
