import assert from "node:assert/strict";
import { parse } from "yaml";
import { cloudInit, referencePath } from "../../../components/workload/cloudInit";
import { referenceFile } from "../../../components/workload/references";
import { references } from "./support/consumer";

describe("cloudInit", () => {
  const text = Buffer.from(cloudInit("orders", references), "base64").toString();

  it("begins as cloud-init expects", () => assert(text.startsWith("#cloud-config\n")));

  it("writes the references, for all programs to read and none but root to change", () => {
    assert.deepEqual(parse(text), {
      write_files: [
        {
          path: "/etc/orders/references.json",
          owner: "root:root",
          permissions: "0644",
          content: referenceFile(references),
        },
      ],
    });
    assert.equal(referencePath("orders"), "/etc/orders/references.json");
  });

  it("is the same whatever the manifest's order, so that no version is made for it", () => {
    assert.equal(cloudInit("orders", [...references].reverse()), cloudInit("orders", references));
  });
});
