"use strict";

const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, readdirSync, rmSync, statSync } = require("node:fs");
const { join } = require("node:path");

const { replace } = require("./replace.js");
const { isOff } = require("./switches.js");

const root = join(__dirname, "..");
const folder = join(root, "node_modules", ".cache", "secrets-platform");
const bundleFile = join(folder, "platform.js");
const stampFile = join(folder, "platform.json");

/** Files that decide what a bundle holds beside its own sources: what is installed, and how it is put together. */
const always = [
  "package-lock.json",
  "node_modules/.package-lock.json",
  "tsconfig.json",
  "startup/bundle.js",
  "startup/unused.js",
];

/**
 * The command in one script, `{ file, text, hash }`, made of its sources as they are now. Undefined where it is switched
 * off, and where none can be kept, as in a read-only checkout or on a full disk.
 */
exports.freshBundle = function freshBundle() {
  if (isOff("PLATFORM_NO_BUNDLE")) return undefined;
  return keptBundle() ?? newBundle();
};

/** The one that is kept, where every file it was made of still has the same content: size and time can lie. */
function keptBundle() {
  try {
    const { node, hash, sources } = JSON.parse(readFileSync(stampFile, "utf8"));
    const isFresh =
      node === process.version && Object.entries(sources).every(([file, of]) => hashOf(file) === of);
    const text = isFresh ? readFileSync(bundleFile, "utf8") : "";
    return hashed(text) === hash ? { file: bundleFile, text, hash } : undefined;
  } catch {
    return undefined;
  }
}

/** Null for a file there is not. */
function hashOf(file) {
  try {
    return hashed(readFileSync(join(root, file)));
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

function hashed(content) {
  return createHash("sha256").update(content).digest("hex");
}

function newBundle() {
  const started = Date.now();
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
    alias: { typescript: "./startup/unused.js", "@npmcli/arborist": "./startup/unused.js" },
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: "error",
  });
  const [{ text }] = outputFiles;
  const bundle = { file: bundleFile, text, hash: hashed(text) };
  const sources = Object.keys(metafile.inputs).filter((file) => !/(^|\/)node_modules\//.test(file));
  try {
    mkdirSync(folder, { recursive: true });
    // The stamp first, so that nobody takes an old one for the new bundle's; with it what V8 compiled of the old.
    rmSync(stampFile, { force: true });
    for (const file of readdirSync(folder).filter((name) => /\.(brief|long)$/.test(name)))
      rmSync(join(folder, file), { force: true });
    replace(bundleFile, text);
    // One that was written meanwhile may be in the bundle as it was before: the next start looks again.
    if (sources.some((file) => statSync(join(root, file)).mtimeMs >= started)) return bundle;
    const of = Object.fromEntries([...always, ...sources].map((file) => [file, hashOf(file)]));
    replace(stampFile, JSON.stringify({ node: process.version, hash: bundle.hash, sources: of }));
  } catch (error) {
    // What comes of the file system is no fault of the command's.
    if (error.syscall === undefined) throw error;
    return undefined;
  }
  return bundle;
}
