import { z } from "zod";
import type { Disagreement } from "../../yaml/expectation";
import type { Path } from "../../yaml/tree";
import { expiryOf } from "../normalise/expiry";
import { bothGiven, scheduleOf } from "../normalise/schedules";
import { lifetime } from "./parameter";
import { cadence } from "./rotation";

type PlainMap = Readonly<Record<string, unknown>>;

/**
 * What keys of a map disagree about although others of it are refused, for the maps that the schema reads as a whole: it
 * does so only where each key is right by itself. `path` leads to the map.
 */
export function disagreementIn(path: Path, map: PlainMap): Disagreement | undefined {
  const [group, , key, ...deeper] = path;
  if (deeper.length > 0) return undefined;
  if (group === "secrets" && key === "rotation") return cadenceProblem(map);
  return group === "parameters" && key === "expires" ? lifetimeProblem(map) : undefined;
}

const readableCadence = z.object({
  every: cadence.every.catch(undefined),
  schedule: cadence.schedule.catch(undefined),
  window: cadence.window.catch(undefined),
});

function cadenceProblem(map: PlainMap): Disagreement | undefined {
  if (map["method"] === "rds-managed") return undefined;
  const given = [map["every"], map["schedule"]].filter((value) => value !== undefined);
  if (given.length > 1) return bothGiven;
  const readable = readableCadence.parse(map);
  // Of what was refused nothing more is known.
  if (given.length > 0 && (readable.every ?? readable.schedule) === undefined) return undefined;
  const result = scheduleOf(readable);
  return "problem" in result ? result.problem : undefined;
}

const readableLifetime = z.object({
  after: lifetime.after.optional().catch(undefined),
  warn: lifetime.warn.catch(undefined),
});

/** Whatever warning was meant, it is no shorter than the shortest. */
function lifetimeProblem(map: PlainMap): Disagreement | undefined {
  const { after, warn } = readableLifetime.parse(map);
  if (after === undefined) return undefined;
  const result = expiryOf({ after, warn });
  return "problem" in result ? result.problem : undefined;
}
