import { execFile } from "node:child_process";
import { organisationRoot } from "../../support/organisation";

export type Switches = Readonly<Record<string, string>>;

/** What Node prints of a script on both streams, and the code it ends with. */
export function run(script: string, args: readonly string[], switches: Switches = {}): Promise<string> {
  return new Promise((resolve) => {
    const options = {
      cwd: organisationRoot,
      env: { ...process.env, CI: "true", ...switches },
      maxBuffer: 64 * 2 ** 20,
    };
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
      resolve(`${stdout}${stderr}exit ${error === null ? 0 : String(error.code)}\n`),
    );
  });
}
