import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An error answer of a service, as the SDK turns it into an exception of that name. */
export class ServiceFault extends Error {
  constructor(
    name: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = name;
  }
}

/** Input and output are the JSON of AWS's JSON protocols: dates are seconds of the epoch. */
export type Operation = (input: never) => object;

export interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** May wait, throw a ServiceFault before (the answer then), or anything else or after (the connection is cut then). */
export type CallHook = (call: Call, moment: "before" | "after") => void | Promise<void>;

export interface JsonService {
  readonly endpoint: string;
  /** Called before each operation takes effect, and after it has, before the answer leaves. */
  hook: CallHook | undefined;
  /** Every call in order. */
  readonly calls: Call[];
  close(): Promise<void>;
}

/** A service of AWS's JSON protocols over HTTP on 127.0.0.1, so that the real SDK client is what is tested. */
export async function startJsonService(
  operations: Readonly<Record<string, Operation>>,
): Promise<JsonService> {
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  // A test that makes an RSA key holds up its own process for seconds, which are no reason to end connections.
  server.keepAliveTimeout = 120_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const service: JsonService = {
    endpoint: `http://127.0.0.1:${port}`,
    hook: undefined,
    calls: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const operation = String(request.headers["x-amz-target"]).split(".").pop() ?? "";
    const input = JSON.parse(await bodyOf(request)) as Call["input"];
    const call = { operation, input };
    service.calls.push(call);
    const [status, answer] = await answerTo(call);
    response.writeHead(status, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-requestid": randomUUID(),
    });
    response.end(JSON.stringify(answer));
  }

  async function answerTo(call: Call): Promise<[number, object]> {
    const perform = operations[call.operation];
    if (perform === undefined) throw new Error(`the double has no ${call.operation}`);
    let answer: [number, object];
    try {
      await service.hook?.(call, "before");
      answer = [200, perform(call.input as never)];
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      answer = [error.status, { __type: error.name, message: error.message }];
    }
    await service.hook?.(call, "after");
    return answer;
  }
  return service;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
