import { execFile } from "node:child_process";
import { join } from "node:path";
import { repository } from "../../model/plan/support/samples";
import { organisationRoot } from "../../support/organisation";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a shell would that is no terminal; in CI, where colours are often taken for welcome. */
export function platform(args: readonly string[], cwd = organisationRoot): Promise<Ran> {
  return new Promise((resolve) => {
    const file = join(repository, "cli", "platform.js");
    const options = { cwd, env: { ...process.env, CI: "true" }, maxBuffer: 64 * 2 ** 20 };
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** What Node prints of an error that nothing caught. */
export const stackTrace = /^\s+at .+:\d+:\d+\)?$|Node\.js v\d+/m;
