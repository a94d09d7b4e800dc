import { Resource } from "@pulumi/pulumi";
import { isOff } from "./switches";

/**
 * Runs `build` while Pulumi takes no stack traces: it takes one for every promise, and a whole one for every resource to
 * tell the engine the line it came from. Without an engine nobody sees them.
 */
export async function withoutStackTraces<T>(build: () => Promise<T>): Promise<T> {
  if (isOff("PLATFORM_NO_TRACELESS")) return build();
  const sources = Resource as unknown as { callsites: () => unknown[] };
  const { stackTraceLimit } = Error;
  const { callsites } = sources;
  Error.stackTraceLimit = 0;
  sources.callsites = () => [];
  try {
    return await build();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    sources.callsites = callsites;
  }
}
