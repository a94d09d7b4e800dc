import { join } from "node:path";
import { ensurePython } from "../python/ensurePython";

/**
 * The Python that has moto server, an emulator of AWS's APIs.
 * @throws MissingTool saying what to install or where to look
 */
export function ensureMoto(): Promise<string> {
  return ensurePython({
    what: "moto server",
    folder: "python",
    requirements: [join(__dirname, "requirements.txt")],
  });
}
