import { lambdaLogGroupName, platformFunctionNames } from "../plan/names";
import type { DeclaredAlarm, Family } from "./declaration";
import { drift } from "./drift";
import { unheardNotices, watchedItems } from "./metrics";

const { expiryWatch } = platformFunctionNames;

/** It looks each morning; 30 hours leave room for a slow run. */
const watchSilent: DeclaredAlarm = {
  id: "watch-silent",
  runbook:
    `The daily watch has not come to its end for more than a day, so nobody is told of what expires or is overdue; in a new account it has not run yet. ` +
    `First: \`aws lambda invoke --function-name ${expiryWatch} /dev/stdout\` runs it now, and the log group ${lambdaLogGroupName(expiryWatch)} says why it failed. ` +
    `If role, schedule or the function's settings were changed, ${drift.putBack} puts them back, and makes a deleted function again; until it runs, \`npx platform status\` says what it would.`,
  metric: watchedItems,
  trigger: { kind: "absence", hours: 30 },
};

const watchUnheard: DeclaredAlarm = {
  id: "watch-unheard",
  runbook:
    "The daily watch could not send what it found, so that owners were not told of it. " +
    `First: the log group ${lambdaLogGroupName(expiryWatch)} says why; if its role, the topic's policy or the key's was changed, ${drift.putBack} puts them back. ` +
    `Then \`aws lambda invoke --function-name ${expiryWatch} /dev/stdout\` tells them now.`,
  metric: unheardNotices,
  trigger: { kind: "count", atLeast: 1, minutes: 60 },
};

/** What tells that the daily watch does not, or cannot say so. */
export const watch: Family = () => [{ alarm: watchSilent }, { alarm: watchUnheard }];
