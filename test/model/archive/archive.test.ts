import assert from "node:assert/strict";
import { accessOf } from "../../../model/audit/accesses";
import { planIndex } from "../../../model/audit/planIndex";
import type { TrailRecord } from "../../../model/audit/trailRecord";
import { archiveQuery, queriedEvents, selected } from "../../../model/archive/query";
import { recordOfRow } from "../../../model/archive/row";
import { archiveDay, archiveScope, archiveTable, queriedArchive } from "../../../model/archive/table";
import type { Plan } from "../../../model/plan/types";
import { callersRecord } from "../audit/support/records";
import { samplePlan } from "../plan/support/samples";

const plan = samplePlan();
const holder = queriedArchive(plan.organisation)!;

describe("the archive's table", () => {
  it("takes partitions from the folders that trails of all accounts write to", () => {
    const { parameters, location, partitionKeys } = archiveTable("bucket", archiveScope(plan, holder));
    assert.equal(location, "s3://bucket/AWSLogs/");
    assert.deepEqual(
      partitionKeys.map(({ name }) => name),
      ["account", "region", "day"],
    );
    assert.equal(
      parameters["storage.location.template"],
      "s3://bucket/AWSLogs/${account}/CloudTrail/${region}/${day}",
    );
    assert.equal(parameters["projection.account.values"], "111111111111,222222222222,333333333333");
    assert.equal(parameters["projection.day.range"], "NOW-2557DAYS,NOW");
    assert.equal(archiveDay(new Date("2026-03-04T23:59:59Z")), "2026/03/04");
  });

  it("has the regions of replicas too, and no account whose trail writes elsewhere", () => {
    const [first, ...others] = plan.secrets;
    const replicated: Plan = {
      ...plan,
      secrets: [{ ...first!, replicas: ["eu-central-1"] }, ...others],
      organisation: {
        ...plan.organisation,
        stacks: plan.organisation.stacks.map((stack) =>
          stack.name === "prod" ? { ...stack, trail: { mode: "existing", logGroup: "/trail" } } : stack,
        ),
      },
    };
    const queries = { scanLimitGigabytes: 1, regions: ["us-east-1", "eu-west-1"] };
    const wider = { ...holder, logArchive: { ...holder.logArchive!, queries } };
    assert.deepEqual(archiveScope(replicated, wider), {
      accounts: ["111111111111", "222222222222"],
      regions: ["eu-west-1", "eu-central-1", "us-east-1"],
      keepDays: 2557,
    });
  });

  it("has every column that the query selects", () => {
    const { columns } = archiveTable("bucket", archiveScope(plan, holder));
    const types = new Map(columns.map(({ name, type }) => [name, type]));
    for (const path of Object.keys(selected)) {
      const [column = "", ...fields] = path.split(".");
      let type = types.get(column);
      for (const field of fields) {
        const found = new RegExp(`[<,]${field}:(struct<.*|string)`).exec(type ?? "");
        type = found?.[1];
      }
      assert.ok(type !== undefined, path);
    }
  });
});

describe("the query over the archive", () => {
  it("keeps to the days on which the records of a time may have been delivered", () => {
    const query = archiveQuery({
      since: new Date("2026-02-28T12:00:00Z"),
      until: new Date("2026-03-31T00:00:00Z"),
    });
    assert.match(query, /WHERE day BETWEEN '2026\/02\/28' AND '2026\/04\/01'/);
    assert.match(query, /eventtime >= '2026-02-28T12:00:00Z' AND eventtime < '2026-03-31T00:00:00Z'/);
  });

  it("asks for each event that an audit looks at, and for no other", () => {
    const index = planIndex(plan);
    const says = (eventName: string) =>
      [{}, { errorCode: "AccessDenied" }].some((failure) => {
        const record = { ...callersRecord(), eventName, additionalEventData: { SecretId: "x" }, ...failure };
        return accessOf(record, index) !== undefined;
      });
    for (const name of queriedEvents) assert.ok(says(name), name);
    const others = ["DescribeSecret", "ListSecrets", "PutParameter", "Encrypt"];
    assert.deepEqual(others.filter(says), []);
  });
});

describe("a row of what it found", () => {
  /** Values of a record in the order of the query's columns. */
  function rowOf(record: TrailRecord): (string | undefined)[] {
    return Object.values(selected).map((path: readonly string[]) => {
      let value: unknown = record;
      for (const name of path) value = (value as Record<string, unknown> | undefined)?.[name];
      return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
    });
  }

  it("is the record again", () => {
    const record = { ...callersRecord({ sharedEventID: "one" }), eventID: "two" };
    const { userIdentity, ...rest } = record;
    const { sessionContext, ...identity } = userIdentity!;
    const { arn, principalId } = sessionContext!.sessionIssuer!;
    assert.deepEqual(recordOfRow(rowOf(record)), {
      ...rest,
      userIdentity: { ...identity, sessionContext: { sessionIssuer: { arn, principalId } } },
    });
  });

  it("may lack what is NULL, and hold JSON that is cut", () => {
    const row = rowOf({ ...callersRecord(), eventID: "one" });
    const asked = Object.keys(selected).indexOf("requestparameters");
    row[asked] = '{"secretId":';
    assert.equal(recordOfRow(row)?.requestParameters, undefined);
    assert.equal(recordOfRow(row)?.errorCode, undefined);
  });

  it("is none where it holds the headings, or nothing", () => {
    assert.equal(recordOfRow(Object.keys(selected)), undefined);
    assert.equal(recordOfRow([]), undefined);
  });
});
