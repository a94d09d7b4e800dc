import { build } from "esbuild";
import { basename, dirname, join } from "node:path";
import { functionEntries, functionRuntime, type FunctionEntry } from "../model/functions/settings";

let bundles: Promise<ReadonlyMap<string, string>> | undefined;

/**
 * The text of the one `index.js` a function is deployed as; made in memory, so that there is no build step. The same
 * sources and lock file give the same bytes on any machine: file names, comments and source maps are left out.
 *
 * The AWS SDK stays outside, as Lambda's runtime brings it: with it a function would be ten times the size, and Pulumi
 * keeps the text of each function in the stack's state.
 *
 * All functions are bundled together the first time, by esbuild's own process, and kept.
 */
export async function bundleFunction(entry: FunctionEntry): Promise<string> {
  bundles ??= bundleAll();
  const text = (await bundles).get(entry);
  if (text === undefined) throw new Error(`no bundle of ${entry}`);
  return text;
}

async function bundleAll(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: dirname(__dirname),
    entryPoints: functionEntries.map((entry) => ({ in: join(__dirname, `${entry}.ts`), out: entry })),
    outdir: "out",
    write: false,
    bundle: true,
    platform: "node",
    target: functionRuntime.replace(/^nodejs(\d+)\.x$/, "node$1"),
    format: "cjs",
    external: ["@aws-sdk/*", "pg-native", "pg-cloudflare"],
    // Also leaves out the modules' paths; names of functions stay, so that a stack trace in a log says something.
    minify: true,
    keepNames: true,
    legalComments: "inline",
    charset: "utf8",
    tsconfigRaw: { compilerOptions: { target: "ES2022", strict: true, esModuleInterop: true } },
    logLevel: "silent",
  });
  return new Map(
    outputFiles.map(({ path, text }) => [`${basename(dirname(path))}/${basename(path, ".js")}`, text]),
  );
}
