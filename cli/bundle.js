"use strict";

const { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { createRequire, wrap } = require("node:module");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const root = join(__dirname, "..");
const folder = join(root, "node_modules", ".cache", "secrets-platform");
const bundleFile = join(folder, "platform.js");
const stampFile = join(folder, "platform.json");
const compiledFile = join(folder, "platform.compiled");

/** Files that decide what a bundle holds beside its own sources. */
const always = ["package-lock.json", "cli/bundle.js", "cli/unused.js"];

/**
 * Runs the command from a bundle as new as its sources, made now if there is none. False where none can be kept, as in a
 * read-only checkout.
 */
exports.runBundle = function runBundle() {
  try {
    if (!isFresh()) build();
  } catch (error) {
    if (error.code === "EACCES" || error.code === "EROFS" || error.code === "EPERM") return false;
    throw error;
  }
  run();
  return true;
};

/** As `require` would, with what V8 compiled the last time, which is a fifth of the start. */
function run() {
  const cachedData = readIfThere(compiledFile);
  const script = new Script(wrap(readFileSync(bundleFile, "utf8")), { filename: bundleFile, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(
    module.exports,
    createRequire(bundleFile),
    module,
    bundleFile,
    dirname(bundleFile),
  );
  if (cachedData !== undefined && !script.cachedDataRejected) return;
  process.once("exit", () => replace(compiledFile, script.createCachedData()));
}

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The stamp holds size and time of every source, so that one that was changed, moved or removed shows. */
function isFresh() {
  let stamp;
  try {
    stamp = JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return false;
  }
  return (
    stamp.node === process.version &&
    Object.entries(stamp.sources).every(([file, mark]) => markOf(file) === mark)
  );
}

function markOf(file) {
  const stat = statSync(join(root, file), { throwIfNoEntry: false });
  return stat && `${stat.size} ${stat.mtimeMs}`;
}

function build() {
  const { metafile, outputFiles } = require("esbuild").buildSync({
    absWorkingDir: root,
    entryPoints: ["cli/main.ts"],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: `node${process.versions.node}`,
    format: "cjs",
    // What is loaded late is loaded by `require` as well; a script of its own has no loader for modules.
    supported: { "dynamic-import": false },
    external: ["esbuild"],
    // Pulumi loads them for programs whose functions it has to serialise, which none of ours are.
    alias: { typescript: "./cli/unused.js", "@npmcli/arborist": "./cli/unused.js" },
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: "error",
  });
  const sources = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
  const stamp = {
    node: process.version,
    sources: Object.fromEntries([...always, ...sources].map((file) => [file, markOf(file)])),
  };
  mkdirSync(folder, { recursive: true });
  for (const file of [stampFile, compiledFile]) rmSync(file, { force: true });
  replace(bundleFile, outputFiles[0].text);
  replace(stampFile, JSON.stringify(stamp));
}

/** Whoever reads at the same time sees the old file or the new one. */
function replace(file, text) {
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, text);
  renameSync(unfinished, file);
}
