import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface LambdaDouble {
  readonly endpoint: string;
  /**
   * Called for each Invoke with the function's name or ARN and the event; what it ends in is the answer, what it throws
   * the function's error.
   */
  invoke: (functionName: string, event: unknown) => Promise<unknown>;
  /** Names of the errors that the next calls are answered with, in Lambda's own stead. */
  readonly refusals: string[];
  readonly invocations: readonly { readonly functionName: string; readonly event: unknown }[];
  close(): Promise<void>;
}

/** Named test double of Lambda's Invoke, which moto can only do with Docker. */
export async function startLambdaDouble(): Promise<LambdaDouble> {
  const invocations: { functionName: string; event: unknown }[] = [];
  const refusals: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const functionName = decodeURIComponent(
        /functions\/([^/]+)\/invocations/.exec(request.url ?? "")?.[1] ?? "",
      );
      const refusal = refusals.shift();
      if (refusal !== undefined) {
        response.writeHead(409, { "x-amzn-errortype": refusal });
        return void response.end(
          JSON.stringify({ Message: "The operation cannot be performed at this time." }),
        );
      }
      const event: unknown = JSON.parse(body);
      invocations.push({ functionName, event });
      double.invoke(functionName, event).then(
        (answer) => response.end(JSON.stringify(answer ?? null)),
        (error: Error) => {
          response.setHeader("x-amz-function-error", "Unhandled");
          response.end(
            JSON.stringify({
              errorType: error.name,
              errorMessage: error.message,
              trace: error.stack?.split("\n"),
            }),
          );
        },
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const double: LambdaDouble = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoke: () => Promise.resolve(),
    refusals,
    invocations,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return double;
}
