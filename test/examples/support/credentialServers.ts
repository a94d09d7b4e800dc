import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a program on AWS fetches its role's credentials. */
export interface CredentialServer {
  readonly endpoint: string;
  /** Method and path of each request that was answered. */
  readonly answered: readonly string[];
  close(): Promise<void>;
}

type Answer = string | undefined;

const expires = () => new Date(Date.now() + 3_600_000).toISOString();

/**
 * Double of the EKS Pod Identity agent: credentials for whoever has the pod's token.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function startPodIdentityAgent(token: string): Promise<CredentialServer> {
  return startServer(({ method, url, headers }) => {
    if (method !== "GET" || url !== "/v1/credentials" || headers.authorization !== token) return undefined;
    return JSON.stringify({
      AccessKeyId: "ASIAEXAMPLEOFAPOD",
      SecretAccessKey: "of-a-pod",
      Token: "session-of-a-pod",
      Expiration: expires(),
    });
  });
}

/**
 * Double of an instance's metadata, version 2: credentials of its role for whoever asked for a token first.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html
 */
export function startInstanceMetadata(role: string): Promise<CredentialServer> {
  const token = "token-of-a-session";
  const credentials = "/latest/meta-data/iam/security-credentials/";
  return startServer(({ method, url, headers }) => {
    if (method === "PUT" && url === "/latest/api/token") return token;
    if (method !== "GET" || headers["x-aws-ec2-metadata-token"] !== token) return undefined;
    if (url === credentials) return role;
    if (url !== `${credentials}${role}`) return undefined;
    return JSON.stringify({
      Code: "Success",
      Type: "AWS-HMAC",
      LastUpdated: new Date().toISOString(),
      AccessKeyId: "ASIAEXAMPLEINSTANCE",
      SecretAccessKey: "of-an-instance",
      Token: "session-of-an-instance",
      Expiration: expires(),
    });
  });
}

async function startServer(answerTo: (request: IncomingMessage) => Answer): Promise<CredentialServer> {
  const answered: string[] = [];
  const server = createServer((request, response) => {
    const answer = answerTo(request);
    if (answer !== undefined) answered.push(`${request.method} ${request.url}`);
    response.writeHead(answer === undefined ? 401 : 200).end(answer);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answered,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
