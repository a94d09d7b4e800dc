import { readdirSync } from "node:fs";
import path from "node:path";

import { some } from "../../support/some";
import { casesDeclaredBy, type RuleCases } from "./cases";

/** The cases of every rule's tests, for tests that run all of them some other way; they declare no test meanwhile. */
export function casesOfAllRules(): readonly RuleCases[] {
  const folder = path.resolve(__dirname, "../rules");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".test.ts"),
  );
  const all = casesDeclaredBy(() => files.sort().forEach((file) => loadOnce(path.join(folder, file))));
  return some(all, "tests of rules");
}

/** As if it had not been loaded, so that it still declares its tests where it is run by itself. */
function loadOnce(file: string): void {
  const loaded = require.cache[file];
  delete require.cache[file];
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(file);
  if (loaded === undefined) delete require.cache[file];
  else require.cache[file] = loaded;
}
