import type { AlarmSettings } from "../organisation/types";

/** What the `alarms` setting leaves unsaid. */
export const defaultAlarms: Required<AlarmSettings> = {
  namePrefix: "secrets-platform",
  expectedAddresses: [],
  expectedRoles: [],
  outsideNetwork: [],
  readsInFiveMinutes: 1_000,
  readsBand: 4,
  deniedReads: 1,
  unauthorisedCalls: 10,
  failedSignIns: 3,
  deployerChanges: "ignore",
};

export function alarmSettings(given: AlarmSettings | undefined): Required<AlarmSettings> {
  return { ...defaultAlarms, ...given };
}
