import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePython } from "../python/ensurePython";
import { startServer } from "../python/startServer";

/** A ministack of the test's own: an emulator of AWS's APIs that runs Athena's queries and records calls as CloudTrail. */
export interface Ministack {
  readonly endpoint: string;
  /** Credentials of an account of the test's choice. */
  credentials(account: string): MinistackCredentials;
  readonly stop: () => Promise<void>;
}

export interface MinistackCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Starts ministack in a region. Use it in a `before` hook within `provided`. */
export async function startMinistack(region: string): Promise<Ministack> {
  const command = await ensurePython({
    what: "ministack",
    folder: "ministack",
    requirements: [join(__dirname, "requirements.txt")],
  });
  const folder = mkdtempSync(join(tmpdir(), "secrets-platform-ministack-"));
  const { endpoint, stop } = await startServer({
    what: "ministack",
    command,
    args: () => ["-m", "ministack"],
    env: (port) => ({
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: region,
      CLOUDTRAIL_RECORDING: "1",
      IOT_MTLS_ENABLED: "0",
      S3_DATA_DIR: folder,
      TMPDIR: folder,
    }),
    ready: "/_ministack/health",
  });
  return {
    endpoint,
    // It takes twelve digits for an account's own key.
    credentials: (account) => ({ accessKeyId: account, secretAccessKey: "test" }),
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
