// The engine starts this file. The pack is TypeScript: esbuild puts its many small files together in memory, which
// takes a fraction of compiling and finding each of them (startup/README.md).
"use strict";

const Module = require("node:module");
const path = require("node:path");
const { isOff } = require("../startup/switches.js");

if (isOff("PLATFORM_NO_BUNDLE")) {
  require("tsx/cjs");
  require("./pack.ts");
} else {
  const { outputFiles } = require("esbuild").buildSync({
    entryPoints: [path.join(__dirname, "pack.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    packages: "external",
  });
  const pack = new Module(path.join(__dirname, "pack.js"), module);
  pack.filename = pack.id;
  pack.paths = module.paths;
  pack._compile(outputFiles[0].text, pack.filename);
}
