import { writeFileSync } from "node:fs";
import path from "node:path";
import { actionNames } from "./actionNames";

// `npm run names`: writes the names that `model/access` knows of, from the version that is installed.
void actionNames().then((names) => {
  writeFileSync(
    path.resolve(__dirname, "../../model/access/names.json"),
    `${JSON.stringify(names, null, 2)}\n`,
  );
});
