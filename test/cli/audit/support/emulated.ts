import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportedRow } from "../../../../cli/audit/rows";
import type { Seen } from "../../../../model/audit/auditor";
import { provided } from "../../../support/leftOut";
import { type Ministack, startMinistack } from "../../../support/ministack/startMinistack";
import { type AwsDouble, type AwsProxy, startAwsProxy } from "../../../support/moto/awsProxy";
import { type Environment, platform } from "../../operations/support/platform";
import { stackTrace } from "../../support/platform";

/** An emulator of the accounts, for one suite. */
export interface Emulated {
  readonly ministack: Ministack;
  readonly proxy: AwsProxy;
  /** Credentials of an account, as a shell that signed in there has them. */
  readonly signedIn: (account: string) => Environment;
  /** A folder that goes away with the suite. */
  readonly folder: string;
}

/** Starts ministack behind a proxy, and stops both after the suite it is called in; `start` goes into its `before`. */
export function emulated(): {
  start(context: Mocha.Context): Promise<Emulated>;
} {
  const ends: (() => unknown)[] = [];
  after(async () => {
    for (const end of ends.reverse()) await end();
  });
  return {
    async start(context) {
      const ministack = await provided(context, () => startMinistack("eu-west-1"));
      ends.push(ministack.stop);
      const proxy = await startAwsProxy(ministack.endpoint, [parametersAsRecorded]);
      ends.push(proxy.stop);
      const folder = mkdtempSync(join(tmpdir(), "secrets-platform-"));
      ends.push(() => rmSync(folder, { recursive: true, force: true }));
      const signedIn = (account: string) => ({
        AWS_ENDPOINT_URL: proxy.endpoint,
        AWS_ACCESS_KEY_ID: account,
        AWS_SECRET_ACCESS_KEY: "test",
      });
      return { ministack, proxy, folder, signedIn };
    },
  };
}

/** What `--format json` prints: a report, or an error. */
export interface Printed {
  readonly seen: Seen;
  readonly notes: readonly string[];
  readonly rows: readonly ReportedRow[];
  readonly unexplained: number;
  readonly unusedGrants: readonly object[] | null;
  readonly unusedGrantsUntold: readonly string[] | null;
  readonly complete: boolean;
  readonly staleReads: readonly object[] | null;
  readonly error: { readonly message: string };
}

/** `platform audit --format json`, which says nothing beside its report. */
export async function audited(
  env: Environment,
  ...flags: readonly string[]
): Promise<{ readonly code: number | null; readonly report: Printed }> {
  const { code, stdout, stderr } = await platform(["audit", "--format", "json", ...flags], { env });
  assert.equal(stderr, "");
  assert.doesNotMatch(stdout, stackTrace);
  return { code, report: JSON.parse(stdout) as Printed };
}

/** CloudTrail writes names of parameters with a small letter; ministack keeps those of the request. */
const parametersAsRecorded: AwsDouble = {
  name: "names of parameters as CloudTrail writes them",
  after({ action }, { status, body }) {
    if (action !== "LookupEvents" || status !== 200) return { status, body };
    const answer = JSON.parse(body) as { Events: { CloudTrailEvent: string }[] };
    for (const event of answer.Events) {
      const record = JSON.parse(event.CloudTrailEvent) as { requestParameters: Record<string, unknown> };
      record.requestParameters = Object.fromEntries(
        Object.entries(record.requestParameters).map(([name, value]) => [
          name[0]!.toLowerCase() + name.slice(1),
          value,
        ]),
      );
      event.CloudTrailEvent = JSON.stringify(record);
    }
    return { status, body: JSON.stringify(answer) };
  },
};
