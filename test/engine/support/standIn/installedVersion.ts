import { readFileSync } from "node:fs";

/** Version of an installed package, without a leading v. */
export function installedVersion(name: string): string {
  const manifest = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), "utf8")) as {
    version: string;
  };
  return manifest.version.replace(/^v/, "");
}
