import { hopLimits } from "../aws/instanceMetadata";
import type { Plan } from "../plan/types";
import type { Note } from "./note";

/** Instances whose credentials their containers get as well, which the manifest asked for. */
export function instanceHops({ consumers }: Plan): readonly Note[] {
  return consumers.flatMap(({ settings, consumer }) => {
    const { hopLimit = hopLimits.instance, hopLimitAt } =
      settings.kind === "ec2" ? (settings.instance ?? {}) : {};
    if (hopLimit === hopLimits.instance) return [];
    return [
      {
        ...(hopLimitAt ?? settings.at),
        note: `every container on instances of ${consumer} gets its role, and reads what that may`,
      },
    ];
  });
}
