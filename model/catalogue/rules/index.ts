import type { Rule } from "./rule";

/** Every cross-check, each in a file of its own. */
export const rules: readonly Rule[] = [];
