import assert from "node:assert/strict";
import { progressLine } from "../../../cli/check/progressLine";

describe("the line that says what is being done", () => {
  it("shows each step in place of the last on a terminal, and leaves nothing behind", () => {
    const erase = "\r\u001b[2K";
    assert.equal(
      written({ terminal: true, ci: undefined }),
      `${erase}reading manifests …${erase}building prod …${erase}`,
    );
  });

  it("is quiet where nobody looks, and in CI", () => {
    assert.equal(written({ terminal: false, ci: undefined }), "");
    assert.equal(written({ terminal: true, ci: "true" }), "");
  });
});

function written({ terminal, ci }: { readonly terminal: boolean; readonly ci: string | undefined }): string {
  const before = process.env["CI"];
  setCi(ci);
  const parts: string[] = [];
  try {
    const stream = { isTTY: terminal, write: (part: string) => parts.push(part) };
    const line = progressLine(stream as unknown as NodeJS.WriteStream);
    line.show("reading manifests");
    line.show("building prod");
    line.clear();
  } finally {
    setCi(before);
  }
  return parts.join("");
}

function setCi(value: string | undefined): void {
  if (value === undefined) delete process.env["CI"];
  else process.env["CI"] = value;
}
