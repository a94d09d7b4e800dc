import assert from "node:assert/strict";
import path from "node:path";

import { buildSync } from "esbuild";

const root = path.resolve(__dirname, "../..");

const folders = [
  "policies",
  "startup",
  "model/aws",
  "model/yaml",
  "model/repository",
  "model/catalogue/reading",
];
const files = ["model/limits.ts", "model/organisation/settingsFile.ts", "model/plan/names.ts"];

/** As `policies/index.js` puts it together. */
describe("the pack elsewhere", () => {
  it("needs of this repository its own folder and the others that its README names", () => {
    const { metafile } = buildSync({
      entryPoints: [path.join(root, "policies/pack.ts")],
      absWorkingDir: root,
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "cjs",
      packages: "external",
    });
    const inputs = Object.keys(metafile.inputs);
    assert.ok(inputs.length > 100);
    assert.deepEqual(
      inputs.filter(
        (file) => ![...folders, ...files].some((one) => file === one || file.startsWith(`${one}/`)),
      ),
      [],
    );
  });
});
