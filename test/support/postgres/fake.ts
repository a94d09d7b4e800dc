import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { message, messageReader, type Message } from "./messages";

export interface FakePostgres {
  readonly host: string;
  readonly port: number;
  /** Everything clients have sent. */
  received(): Buffer;
  close(): Promise<void>;
}

/** Called with each message of a client. */
export type Answer = (message: Message, socket: Socket) => void;

/** A server that speaks PostgreSQL's protocol (without TLS) as badly as a test wants. */
export async function startFakePostgres(answer: Answer): Promise<FakePostgres> {
  const sockets = new Set<Socket>();
  const received: Buffer[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    const read = messageReader(true);
    socket.on("data", (chunk) => {
      received.push(chunk);
      for (const each of read(chunk)) answer(each, socket);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    host: "127.0.0.1",
    port,
    received: () => Buffer.concat(received),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Lets everybody in and is ready for the first statement. */
export const letIn = Buffer.concat([message("R", Buffer.alloc(4)), message("Z", "I")]);

/** Sends the same again and again, as fast as it is taken, until the client has gone. */
export function flood(socket: Socket, bytes: Buffer): void {
  if (socket.destroyed) return;
  const isTaken = socket.write(bytes);
  if (isTaken) setImmediate(() => flood(socket, bytes));
  else socket.once("drain", () => flood(socket, bytes));
}
