import assert from "node:assert/strict";
import { isColoured } from "../../cli/colour";

describe("colour", () => {
  const { isTTY } = process.stdout;
  const noColour = process.env["NO_COLOR"];

  afterEach(() => {
    process.stdout.isTTY = isTTY;
    if (noColour === undefined) delete process.env["NO_COLOR"];
    else process.env["NO_COLOR"] = noColour;
  });

  it("is for terminals", () => {
    delete process.env["NO_COLOR"];
    process.stdout.isTTY = true;
    assert.equal(isColoured(), true);
  });

  it("is not for pipes and files, whose streams say nothing", () => {
    delete process.env["NO_COLOR"];
    (process.stdout as { isTTY?: boolean | undefined }).isTTY = undefined;
    assert.equal(isColoured(), false);
  });

  it("is not for those who set NO_COLOR", () => {
    process.env["NO_COLOR"] = "";
    process.stdout.isTTY = true;
    assert.equal(isColoured(), false);
  });
});
