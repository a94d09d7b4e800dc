import { daysBetween } from "../aws/days";
import { supportEnds } from "../aws/lambdaRuntimes";
import type { Plan } from "../plan/types";
import type { Note } from "./note";

/** As long as AWS itself tells of an end ahead, at the least. */
const aheadDays = 180;

/**
 * Runtimes that AWS stops patching soon, until the day after, when the rule on runtimes refuses them: where the manifest
 * names them, or where the consumer stands that has the default.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtime-support-policy
 */
export function runtimeEnds({ consumers }: Plan, today: string): readonly Note[] {
  return consumers.flatMap(({ settings }) => {
    if (settings.kind !== "lambda" || settings.function === undefined) return [];
    const { runtime, runtimeAt } = settings.function;
    const end = supportEnds[runtime];
    if (end === undefined || end < today || daysBetween(today, end) > aheadDays) return [];
    const named = `\`${runtime}\`${runtimeAt === undefined ? ", the default," : ""}`;
    return [
      { ...(runtimeAt ?? settings.at), note: `${named} is patched until ${end}; move to a newer runtime` },
    ];
  });
}
