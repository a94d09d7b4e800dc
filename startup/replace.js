"use strict";

const { renameSync, writeFileSync } = require("node:fs");

/** Writes a file; whoever reads at the same time sees the old one or the new one. */
exports.replace = function replace(file, content) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, content);
  renameSync(unfinished, file);
};
