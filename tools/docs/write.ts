import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { manifestFields } from "../../model/catalogue/documentation/fields";
import { loadPlan } from "../../model/load";
import { formatProblem } from "../../model/yaml/problem";
import { ruleGroups } from "../../policies/rules";
import { alarmsPage } from "./alarms/alarmsPage";
import { controlsPage } from "./controlsPage";
import { manifestPage } from "./manifestPage";
import { partnersPage } from "./partnersPage";
import { withReport } from "./readmeReport";

// `npm run docs`: writes the pages that follow from code, from this repository's own stacks and manifests.
const root = path.resolve(__dirname, "../..");
const { plan, problems } = loadPlan({ root });
if (plan === undefined) throw new Error(problems.map(formatProblem).join("\n"));
const pages = {
  "docs/alarms.md": alarmsPage(plan),
  "docs/controls.md": controlsPage(ruleGroups),
  "docs/manifest.md": manifestPage(manifestFields()),
  "docs/partners.md": partnersPage(),
};
for (const [file, text] of Object.entries(pages)) writeFileSync(path.join(root, file), text);

const readme = path.join(root, "README.md");
void withReport(readFileSync(readme, "utf8"), root).then((text) => writeFileSync(readme, text));
