import { resolve } from "node:path";

/** Root of this repository. */
export const repositoryRoot = resolve(__dirname, "../../..");

/** What tests build or fetch for themselves; ignored by git and kept between runs. */
export const toolsFolder = resolve(repositoryRoot, ".tools");

/** The Go module that pins the Pulumi CLI. */
export const pinnedCliModule = resolve(__dirname, "pulumi-cli");
