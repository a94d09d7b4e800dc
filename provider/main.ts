import { pluginHandlers } from "./handlers";
import { engineLog } from "./protocol/engineLog";
import { servePlugin } from "./protocol/server";
import { pluginService } from "./protocol/service";

/**
 * Runs the plugin as the engine starts one: the port goes to standard output, and nothing else does. The engine says in
 * its handshake where it listens itself.
 */
export async function main(): Promise<void> {
  const port = await servePlugin(pluginService(pluginHandlers(engineLog())));
  process.stdout.write(`${port}\n`);
}
