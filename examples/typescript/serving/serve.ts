import { createServer, type IncomingMessage } from "node:http";
import { log } from "./log.ts";

/** Answers each request with a status, 503 where that fails. SIGTERM, or `stop`, ends it, and with it the process. */
export function serve(
  statusOf: (request: IncomingMessage) => Promise<number>,
  release: () => Promise<void> = () => Promise.resolve(),
): { readonly stop: () => void } {
  const server = createServer((request, response) => {
    void statusOf(request)
      .catch((error: unknown) => {
        log("error", "the request failed", {
          reason: error instanceof Error ? error.message : String(error),
        });
        return 503;
      })
      .then((status) => response.writeHead(status).end());
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
    void release();
  };
  const port = Number(process.env["PORT"] ?? 8080);
  server.listen(port, () => log("info", "listening", { port }));
  process.once("SIGTERM", stop);
  return { stop };
}
