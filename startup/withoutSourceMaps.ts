import { isOff } from "./switches";

/**
 * Takes back how Pulumi's runner has stack traces formatted: each frame looked up in a source map. Pulumi keeps a stack
 * trace for every resource.
 */
export function withoutSourceMaps(): void {
  if (isOff("PLATFORM_NO_UNMAPPED")) return;
  (Error as { prepareStackTrace?: unknown }).prepareStackTrace = undefined;
}
