import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { call } from "../../cli/operations/call";
import { awsCalls } from "../../functions/lambda/awsCalls";
import { describeError } from "../../functions/lambda/describeError";
import { awsFailure } from "../../provider/aws/failure";
import { lambdaContext } from "../functions/support/rotation";
import { fakeClock } from "../support/fakeClock";

const action = "secretsmanager:DescribeSecret";
const attempt = { action, target: "orders/prod/x" };
const advice = { role: "platform-operator", stack: "security" };

/** Faults as a gateway in front of a service gives them, and how each is to be told. */
const faults: [status: number, type: string, body: string, told: RegExp][] = [
  [503, "text/html", "<html>canary-body</html>", /HTTP 503/],
  [502, "text/plain", "", /HTTP 502/],
  [
    503,
    "application/x-amz-json-1.1",
    '{"__type":"ServiceUnavailableException"}',
    /ServiceUnavailableException \(HTTP 503/,
  ],
];

describe("faults of AWS without a name that is known", () => {
  let server: Server;
  let left = 0;
  let fault = faults[0]!;
  let client: SecretsManagerClient;
  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      const [status, type, body] = left-- > 0 ? fault : [200, "application/x-amz-json-1.1", '{"Name":"x"}'];
      response.writeHead(status, { "content-type": type });
      response.end(body);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    client = new SecretsManagerClient({
      region: "eu-west-1",
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 2,
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const send = () => client.send(new DescribeSecretCommand({ SecretId: "x" }));
  const inFunction = () => awsCalls(lambdaContext(), { reserveMs: 0, clock: fakeClock() }).call(action, send);
  const atTerminal = () => call(attempt, advice, send, { clock: fakeClock() });
  const thrownBy = async (run: () => Promise<unknown>) => {
    left = Infinity;
    return run().then(
      () => assert.fail("it was answered"),
      (error: unknown) => error,
    );
  };

  for (const each of faults) {
    const [status, , body, told] = each;
    it(`${status} ${body || "without a body"}: tried again, and told with its status`, async () => {
      fault = each;
      for (const run of [inFunction, atTerminal]) {
        left = 5;
        assert.equal((await run()).Name, "x");
      }
      const thrown = await thrownBy(inFunction);
      const failed = await thrownBy(atTerminal);
      const words = [describeError(thrown), awsFailure(attempt, thrown).message, (failed as Error).message];
      for (const text of words) {
        assert.match(text, told);
        assert.match(text, /tried ([5-9]|1\d) times in \d+ s/);
        assert.doesNotMatch(text, /canary|JSON|Unknown/);
      }
      for (const text of words.slice(1)) assert.match(text, /AWS reports a fault of its own/);
    });
  }
});
