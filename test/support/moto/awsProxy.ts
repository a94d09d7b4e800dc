import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** One call to an AWS API of the JSON kind (Secrets Manager, Parameter Store, KMS, ...); others have no action. */
export interface AwsCall {
  /** `secretsmanager.PutSecretValue`, `AmazonSSM.PutParameter` without what is before the dot. */
  readonly action: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AwsAnswer {
  readonly status: number;
  /** JSON, or whatever else the API speaks. */
  readonly body: string;
}

type Perhaps<T> = T | Promise<T>;

/** Changes what passes: answers in the emulator's stead, cuts the line, or rewrites the emulator's answer. */
export interface AwsDouble {
  /** What it stands for, as listed in the README of the tests that use it. */
  readonly name: string;
  before?(call: AwsCall): Perhaps<AwsAnswer | "cut" | undefined>;
  after?(call: AwsCall, answer: AwsAnswer): Perhaps<AwsAnswer | "cut">;
}

/** An HTTP proxy in front of an emulator of AWS's APIs. */
export interface AwsProxy {
  readonly endpoint: string;
  /** Every call since the start or the last `forget`. */
  readonly calls: readonly AwsCall[];
  /** Doubles in force beside the lasting ones. */
  use(...doubles: readonly AwsDouble[]): void;
  /** Drops the calls and the doubles that `use` put in force. */
  forget(): void;
  readonly stop: () => Promise<void>;
}

export async function startAwsProxy(target: string, lasting: readonly AwsDouble[] = []): Promise<AwsProxy> {
  let passing: readonly AwsDouble[] = [];
  const calls: AwsCall[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const sent = await bytes(request);
      const call = callOf(request.headers, sent);
      calls.push(call);
      const answer = await answered(call, [...passing, ...lasting], () =>
        forward(`${target}${request.url ?? "/"}`, request.method ?? "POST", request.headers, sent),
      );
      if (answer === "cut") return void response.destroy();
      response.writeHead(answer.status, { "content-type": answer.contentType }).end(answer.body);
    })().catch(() => response.destroy());
  });
  return {
    endpoint: await listen(server),
    calls,
    use: (...doubles) => (passing = [...passing, ...doubles]),
    forget: () => {
      passing = [];
      calls.length = 0;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

type ForwardedAnswer = AwsAnswer & { readonly contentType: string };

const jsonType = "application/x-amz-json-1.1";

async function answered(
  call: AwsCall,
  doubles: readonly AwsDouble[],
  pass: () => Promise<ForwardedAnswer>,
): Promise<ForwardedAnswer | "cut"> {
  for (const double of doubles) {
    const instead = await double.before?.(call);
    if (instead === "cut") return "cut";
    if (instead !== undefined) return { ...instead, contentType: jsonType };
  }
  let answer = await pass();
  for (const double of doubles) {
    const changed = (await double.after?.(call, answer)) ?? answer;
    if (changed === "cut") return "cut";
    answer = { ...answer, ...changed };
  }
  return answer;
}

async function forward(
  url: string,
  method: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Promise<ForwardedAnswer> {
  const kept = Object.entries(headers).filter(
    (header): header is [string, string] =>
      typeof header[1] === "string" &&
      !["connection", "content-length", "expect", "host"].includes(header[0]),
  );
  const answer = await fetch(url, { method, headers: kept, ...(body.length === 0 ? {} : { body }) });
  const contentType = answer.headers.get("content-type") ?? jsonType;
  return { status: answer.status, body: await answer.text(), contentType };
}

function callOf(headers: IncomingHttpHeaders, sent: Buffer): AwsCall {
  const target = headers["x-amz-target"];
  if (typeof target !== "string") return { action: "", body: {} };
  const body = JSON.parse(sent.toString("utf8") || "{}") as Record<string, unknown>;
  return { action: target.split(".").at(-1) ?? target, body };
}

async function bytes(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
