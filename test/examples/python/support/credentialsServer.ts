import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** A local server that hands out credentials of a role. */
export interface CredentialsServer {
  readonly endpoint: string;
  /** How often it did. */
  handedOut(): number;
  stop(): Promise<void>;
}

/** What a role's credentials look like: access key id, secret access key and session token. */
export const handedOut = [
  "ASIATESTTESTTESTTEST",
  "canary-secret-access-key",
  "canary-session-token",
] as const;

/**
 * Named test double of the instance metadata service, version 2 alone: a token first, then the role of the instance.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
 */
export function startInstanceMetadata(role: string): Promise<CredentialsServer> {
  const token = "metadata-token";
  const roles = "/latest/meta-data/iam/security-credentials/";
  return startServer(({ method, url, headers }) => {
    if (url === "/latest/api/token") return method === "PUT" ? token : undefined;
    if (headers["x-aws-ec2-metadata-token"] !== token) return undefined;
    if (url === roles) return role;
    return url === `${roles}${role}` ? credentials("Token", 6 * 3_600) : undefined;
  });
}

/**
 * Named test double of the EKS Pod Identity Agent: credentials for whoever has the token that EKS mounts at this moment.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 * @param lifetime seconds that credentials are valid
 */
export function startPodIdentityAgent(token: () => string, lifetime: number): Promise<CredentialsServer> {
  return startServer(({ url, headers }) =>
    url === "/v1/credentials" && headers.authorization === token()
      ? credentials("Token", lifetime)
      : undefined,
  );
}

function credentials(tokenName: string, lifetime: number): object {
  const [AccessKeyId, SecretAccessKey, token] = handedOut;
  const Expiration = new Date(Date.now() + lifetime * 1_000).toISOString().replace(/\.\d+/, "");
  const LastUpdated = new Date().toISOString().replace(/\.\d+/, "");
  return { Code: "Success", AccessKeyId, SecretAccessKey, [tokenName]: token, Expiration, LastUpdated };
}

async function startServer(answer: (request: IncomingMessage) => string | object | undefined) {
  let count = 0;
  const server = createServer((request, response) => {
    const body = answer(request);
    if (typeof body === "object") count += 1;
    response
      .writeHead(body === undefined ? 401 : 200)
      .end(typeof body === "object" ? JSON.stringify(body) : body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handedOut: () => count,
    async stop() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
