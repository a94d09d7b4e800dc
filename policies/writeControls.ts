import { writeFileSync } from "node:fs";
import path from "node:path";

import { controlsPage } from "./controlsPage";
import { ruleGroups } from "./rules";

// Writes docs/controls.md.
writeFileSync(path.resolve(__dirname, "../docs/controls.md"), controlsPage(ruleGroups));
