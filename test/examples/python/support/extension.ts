import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Environment } from "./program";

/** What AWS's Parameters and Secrets extension keeps and answers. */
export interface Extension {
  readonly environment: Environment;
  /** Lets the time pass after which it reads again. */
  expire(): void;
  stop(): Promise<void>;
}

/**
 * Named test double of AWS's Parameters and Secrets extension, which is AWS's own program and runs in Lambda alone: it
 * answers whoever has the function's session token, and keeps what it read by secret and staging label.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 */
export async function startExtension(environment: Environment): Promise<Extension> {
  const kept = new Map<string, string>();
  const secrets = new SecretsManagerClient({
    region: "eu-west-1",
    endpoint: environment["AWS_ENDPOINT_URL"] ?? "",
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
      sessionToken: environment["AWS_SESSION_TOKEN"] ?? "",
    },
  });

  async function answer(url: URL, token: unknown): Promise<[number, string]> {
    if (token !== environment["AWS_SESSION_TOKEN"]) return [403, "not the function's token"];
    if (url.pathname !== "/secretsmanager/get") return [404, ""];
    const [SecretId, VersionStage] = ["secretId", "versionStage"].map((name) => url.searchParams.get(name));
    const key = `${SecretId} ${VersionStage}`;
    if (!kept.has(key)) {
      const read = new GetSecretValueCommand({
        SecretId: SecretId ?? "",
        VersionStage: VersionStage ?? "AWSCURRENT",
      });
      kept.set(key, JSON.stringify(await secrets.send(read)));
    }
    return [200, kept.get(key) ?? ""];
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    void answer(url, request.headers["x-aws-parameters-secrets-token"])
      .catch((error: unknown): [number, string] => [400, String(error)])
      .then(([status, body]) => response.writeHead(status).end(body));
  });
  await once(server.listen(0, "localhost"), "listening");
  return {
    environment: {
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String((server.address() as AddressInfo).port),
    },
    expire: () => kept.clear(),
    async stop() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
