// The engine starts this file; the pack is TypeScript and needs no build.
require("tsx/cjs");
require("./pack.ts");
