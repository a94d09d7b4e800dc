import { startServer } from "../python/startServer";
import { ensureMoto } from "./ensureMoto";

/** A moto server of the test's own. */
export interface Moto {
  /** URL that serves every AWS API. */
  readonly endpoint: string;
  /**
   * Credentials of a role, which need not exist, in an account of the test's choice; they end with `reset`. Whoever
   * comes with any others is taken for account 123456789012.
   */
  credentials(account: string, role: string): Promise<MotoCredentials>;
  /** Forgets everything it holds. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface MotoCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Starts moto server. Use it in a `before` hook within `provided`. */
export async function startMoto(): Promise<Moto> {
  const { endpoint, stop } = await startServer({
    what: "moto server",
    command: await ensureMoto(),
    args: (port) => ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    ready: "/moto-api/",
  });
  return {
    endpoint,
    credentials: (account, role) => assumeRole(endpoint, account, role),
    reset: async () => void (await fetch(`${endpoint}/moto-api/reset`, { method: "POST" })),
    stop,
  };
}

async function assumeRole(endpoint: string, account: string, role: string): Promise<MotoCredentials> {
  const body = new URLSearchParams({
    Action: "AssumeRole",
    Version: "2011-06-15",
    RoleArn: `arn:aws:iam::${account}:role/${role}`,
    RoleSessionName: "test",
  });
  // moto finds the service by the signature's scope and does not verify it.
  const authorization =
    "AWS4-HMAC-SHA256 Credential=test/20300101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0";
  const answer = await fetch(endpoint, { method: "POST", body, headers: { authorization } });
  const text = await answer.text();
  const element = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1] ?? "";
  return {
    accessKeyId: element("AccessKeyId"),
    secretAccessKey: element("SecretAccessKey"),
    sessionToken: element("SessionToken"),
  };
}
