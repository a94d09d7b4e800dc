"use strict";

const { mkdirSync, readFileSync, rmSync, statSync } = require("node:fs");
const { join } = require("node:path");

const { replace } = require("./replace.js");
const { compiledFiles } = require("./runCompiled.js");

const root = join(__dirname, "..");
const folder = join(root, "node_modules", ".cache", "secrets-platform");
const bundleFile = join(folder, "platform.js");
const stampFile = join(folder, "platform.json");

/** Files that decide what a bundle holds beside its own sources. */
const always = ["package-lock.json", "cli/bundle.js", "cli/unused.js"];

/**
 * Path of a bundle of the command as new as its sources, made now if there is none. Undefined where none can be kept, as
 * in a read-only checkout.
 */
exports.freshBundle = function freshBundle() {
  try {
    if (!isFresh()) build();
    return bundleFile;
  } catch (error) {
    if (error.code === "EACCES" || error.code === "EROFS" || error.code === "EPERM") return undefined;
    throw error;
  }
};

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
    // Loaded by the commands that need them, from where they are installed.
    external: ["esbuild", "@aws-sdk/*", "@smithy/*"],
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
  // The stamp first, so that nobody takes an old one for the new bundle's; with it what V8 compiled of the old.
  for (const file of [stampFile, ...compiledFiles(bundleFile)]) rmSync(file, { force: true });
  replace(bundleFile, outputFiles[0].text);
  replace(stampFile, JSON.stringify(stamp));
}
