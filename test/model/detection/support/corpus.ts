import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Json = Readonly<Record<string, unknown>>;

/** One thing that happens, as it is recorded in one account, and what is to come of it there. */
export interface Happening {
  /** `folder/name` of its file. */
  readonly name: string;
  readonly title: string;
  /** Stack of the account that records it. */
  readonly account: string;
  /** Alarms that this alone sets off. */
  readonly trips: readonly string[];
  /** Alarms that it counts towards and that take more of the kind. */
  readonly counts: readonly string[];
  /** Notices it becomes. */
  readonly tells: readonly string[];
  /** CloudTrail's record of it; absent for an event of another kind. */
  readonly record?: Json;
  /** The event on the account's bus, where there is no record. */
  readonly event?: Json;
}

const folder = join(__dirname, "../events");

export function corpus(): readonly Happening[] {
  return readdirSync(folder)
    .sort()
    .flatMap((group) =>
      readdirSync(join(folder, group))
        .sort()
        .map((file) => ({
          name: `${group}/${file.slice(0, -".json".length)}`,
          ...(JSON.parse(readFileSync(join(folder, group, file), "utf8")) as Omit<Happening, "name">),
        })),
    );
}

/** Region of the stacks, and of their event buses. */
const home = "eu-west-1";

/**
 * The event that a happening becomes on the account's own bus; undefined in another region, which has a bus of its own.
 * One that only reads reaches no rule but those that ask for it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export function busEvent({ record, event }: Happening): Json | undefined {
  if (record === undefined) return event;
  if (record["awsRegion"] !== home) return undefined;
  return {
    version: "0",
    id: record["eventID"],
    "detail-type": detailTypes[String(record["eventType"])],
    source: String(record["eventSource"]).replace(/^(.*)\.amazonaws\.com$/, "aws.$1"),
    account: record["recipientAccountId"],
    time: record["eventTime"],
    region: record["awsRegion"],
    resources: [],
    detail: record,
  };
}

const detailTypes: Readonly<Record<string, string>> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
};
