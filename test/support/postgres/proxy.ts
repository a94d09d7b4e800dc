import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { errorMessage, message, messageReader, withoutParameter } from "./messages";

export interface Statement {
  /** `connect`, or the text of the statement. */
  readonly text: string;
}

/** Held up while it is pending; the connection is cut when it is rejected. */
export type StatementHook = (statement: Statement, moment: "before" | "after") => void | Promise<void>;

export interface PostgresProxy {
  readonly host: string;
  readonly port: number;
  /** Called before a connection or statement reaches the server, and after it has been done, before the answer leaves. */
  hook: StatementHook | undefined;
  /** What becomes of the start-up packet's options: poolers drop or refuse them. */
  options: "kept" | "dropped" | "refused";
  /** Changes statements sent without parameters on their way to the server. */
  rewrite: ((text: string) => string) | undefined;
  close(): Promise<void>;
}

/** Stands between a client and a server and understands as much of the protocol (without TLS) as the hook needs. */
export async function startProxy(target: {
  readonly host: string;
  readonly port: number;
}): Promise<PostgresProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    relay(client, upstream, proxy);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const proxy: PostgresProxy = {
    host: "127.0.0.1",
    port,
    hook: undefined,
    options: "kept",
    rewrite: undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
  return proxy;
}

function relay(client: Socket, upstream: Socket, proxy: PostgresProxy): void {
  const hook: StatementHook = (...call) => proxy.hook?.(...call);
  let underWay: Statement | undefined;
  const fromClient = messageReader(true);
  const fromServer = messageReader(false);
  let extended: { text: string; bytes: Buffer[] } | undefined;

  const begin = async (statement: Statement, bytes: Buffer) => {
    await hook(statement, "before");
    underWay = statement;
    upstream.write(bytes);
  };

  sequentially(client, async (chunk) => {
    for (const { type, bytes, body } of fromClient(chunk)) {
      if (type === "startup") {
        if (proxy.options === "refused" && body.includes("\0options\0")) {
          // As PgBouncer does.
          client.end(errorMessage("FATAL", "08P01", "unsupported startup parameter: options"));
          return;
        }
        await begin(
          { text: "connect" },
          proxy.options === "kept" ? bytes : withoutParameter(body, "options"),
        );
      } else if (type === "Q") {
        const text = body.subarray(0, -1).toString();
        const sent = proxy.rewrite === undefined ? bytes : message("Q", proxy.rewrite(text), "\0");
        await begin({ text }, sent);
      } else if (type === "P") {
        // Parse: the statement's name, its text; the rest of the extended query follows until Sync.
        extended = { text: body.toString().split("\0")[1] ?? "", bytes: [bytes] };
      } else if (extended !== undefined) {
        extended.bytes.push(bytes);
        if (type !== "S") continue;
        const { text, bytes: all } = extended;
        extended = undefined;
        await begin({ text }, Buffer.concat(all));
      } else upstream.write(bytes);
    }
  });

  sequentially(upstream, async (chunk) => {
    for (const { type, bytes } of fromServer(chunk)) {
      const isRefused = type === "E" && underWay?.text === "connect";
      if ((type === "Z" || isRefused) && underWay !== undefined) {
        const done = underWay;
        underWay = undefined;
        await hook(done, "after");
      }
      client.write(bytes);
    }
  });
}

/** Handles one chunk after the other; a rejected hook cuts the connection. */
function sequentially(socket: Socket, handle: (chunk: Buffer) => Promise<void>): void {
  let before = Promise.resolve();
  socket.on("data", (chunk: Buffer) => {
    before = before.then(() => handle(chunk)).catch(() => void socket.destroy());
  });
}
