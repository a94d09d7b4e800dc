import { readdirSync } from "node:fs";
import path from "node:path";

import { allCases } from "./cases";

/** The cases of every rule's tests, for tests that run all of them some other way. */
export function requireRuleTests(): typeof allCases {
  const folder = path.resolve(__dirname, "../rules");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".test.ts"),
  );
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  for (const file of files.sort()) require(path.join(folder, file));
  return allCases;
}
