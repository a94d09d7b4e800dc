import "../startup/leaveReadable";
import { PolicyPack } from "@pulumi/policy";

import { decodeOnce } from "../startup/decodeOnce";
import { packPolicies } from "./pack/adapter";
import { InvalidPackFiles, readPackFiles } from "./pack/packFiles";
import { rules } from "./rules";

// Constructing the pack starts its server: nothing but the engine loads this file.
decodeOnce();
try {
  const files = readPackFiles(
    __dirname,
    rules.map(({ id }) => id),
  );
  new PolicyPack("secrets-platform", { policies: packPolicies(rules, files) });
} catch (error) {
  if (!(error instanceof InvalidPackFiles)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
