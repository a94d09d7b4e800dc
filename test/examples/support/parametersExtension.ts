import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

export interface ParametersExtension {
  readonly port: string;
  close(): Promise<void>;
}

interface Settings {
  /** Of the emulator behind it. */
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** AWS_SESSION_TOKEN of the function. */
  readonly token: string;
}

const keptFor = 300_000;

/**
 * Double of AWS's Parameters and Secrets extension, whose program is AWS's own: the paths and the header that its pages
 * name, and that it keeps each value for 300 seconds, whatever happens to it meanwhile.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-integration-lambda-extensions.html
 */
export async function startParametersExtension({
  endpoint,
  credentials,
  token,
}: Settings): Promise<ParametersExtension> {
  const client = { endpoint, credentials, region: "eu-west-1" };
  const secrets = new SecretsManagerClient(client);
  const parameters = new SSMClient(client);
  const kept = new Map<string, { readonly answer: object; readonly until: number }>();

  async function read({ pathname, searchParams: query }: URL): Promise<object | undefined> {
    if (pathname === "/secretsmanager/get")
      return secrets.send(new GetSecretValueCommand({ SecretId: query.get("secretId") ?? "" }));
    if (pathname === "/systemsmanager/parameters/get") {
      const WithDecryption = query.get("withDecryption") === "true";
      return parameters.send(new GetParameterCommand({ Name: query.get("name") ?? "", WithDecryption }));
    }
    return undefined;
  }

  async function answerTo(url: string): Promise<object | undefined> {
    const known = kept.get(url);
    if (known !== undefined && Date.now() < known.until) return known.answer;
    const answer = await read(new URL(url, "http://localhost"));
    if (answer !== undefined) kept.set(url, { answer, until: Date.now() + keptFor });
    return answer;
  }

  const server = createServer((request, response) => {
    if (request.headers["x-aws-parameters-secrets-token"] !== token)
      return void response.writeHead(401).end();
    answerTo(request.url ?? "").then(
      (answer) => response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer)),
      () => response.writeHead(400).end(),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: String((server.address() as AddressInfo).port),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
