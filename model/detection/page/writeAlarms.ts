import { writeFileSync } from "node:fs";
import path from "node:path";

import { loadPlan } from "../../load";
import { formatProblem } from "../../problem";
import { alarmsPage } from "./alarmsPage";

// Writes docs/alarms.md, from the repository's own stacks and manifests.
const root = path.resolve(__dirname, "../../..");
const { plan, problems } = loadPlan({ root });
if (plan === undefined) throw new Error(problems.map(formatProblem).join("\n"));
writeFileSync(path.join(root, "docs/alarms.md"), alarmsPage(plan));
