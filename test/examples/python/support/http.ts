import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port nobody listens on. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return String(port);
}

/** Status and body of an example's answer, on a connection of its own. */
export async function ask(port: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { ...headers, connection: "close" } });
  return { status: answer.status, body: await answer.text() };
}
