import assert from "node:assert/strict";
import { collisions } from "../../../model/catalogue/rules/collisions";
import {
  formatDuration,
  guessDuration,
  inUnit,
  parseDuration,
} from "../../../model/catalogue/normalise/durations";
import { fargateCpus, fargateMemories } from "../../../model/aws/fargate";
import { didYouMean, nearest } from "../../../model/yaml/nearest";
import { surroundingsOf } from "../../../model/catalogue/options";
import { parseReference } from "../../../model/catalogue/normalise/reference";
import { scheduleOf } from "../../../model/catalogue/normalise/schedules";
import type { Organisation } from "../../../model/organisation/types";

describe("durations", () => {
  it("are a number and a unit, singular or plural", () => {
    assert.deepEqual(parseDuration("1 day"), { amount: 1, unit: "day" });
    assert.deepEqual(parseDuration("30 seconds"), { amount: 30, unit: "second" });
    for (const text of [
      "30",
      "30days",
      "thirty days",
      "30  days",
      "-1 days",
      "1.5 days",
      "30 Days",
      " 30 days",
      "",
    ]) {
      assert.equal(parseDuration(text), undefined, text);
    }
    assert.equal(inUnit("second", { amount: 2, unit: "minute" }), 120);
    assert.equal(inUnit("day", { amount: 36, unit: "hour" }), 1.5);
    assert.equal(formatDuration(1, "hour"), "1 hour");
    assert.equal(formatDuration(2, "hour"), "2 hours");
  });

  it("are guessed from other ways to write them", () => {
    assert.equal(guessDuration("30", "day"), "30 days");
    assert.equal(guessDuration("4 weeks", "day"), "28 days");
    assert.equal(guessDuration("1w", "day"), "7 days");
    assert.equal(guessDuration("3 months", "day"), "90 days");
    assert.equal(guessDuration("48h", "day"), "2 days");
    assert.equal(guessDuration("5 min", "second"), "300 seconds");
    assert.equal(guessDuration("36 hours", "day"), undefined);
    assert.equal(guessDuration("often", "day"), undefined);
  });
});

describe("schedules", () => {
  it("are in AWS's terms, in the right number", () => {
    assert.deepEqual(scheduleOf({ every: 1 }), {
      schedule: { expression: "rate(1 day)", longestDays: 1 },
    });
    assert.deepEqual(scheduleOf({ schedule: "rate(1 days)" }), {
      schedule: { expression: "rate(1 day)", longestDays: 1 },
    });
    assert.deepEqual(scheduleOf({ schedule: "rate(12 hour)", window: 12 }), {
      schedule: { expression: "rate(12 hours)", longestDays: 0.5, windowHours: 12 },
    });
    assert.deepEqual(scheduleOf({ schedule: "cron(0  22 ? * SUN *)", window: 2 }), {
      schedule: { expression: "cron(0 22 ? * SUN *)", longestDays: 7, windowHours: 2 },
    });
  });

  it("have limits that hold to the hour", () => {
    const keyOf = (cadence: Parameters<typeof scheduleOf>[0]): string | undefined => {
      const result = scheduleOf(cadence);
      return "problem" in result ? result.problem.key : undefined;
    };
    assert.equal(keyOf({ schedule: "rate(4 hours)" }), undefined);
    assert.equal(keyOf({ schedule: "rate(3 hours)" }), "schedule");
    assert.equal(keyOf({ schedule: "rate(2160 hours)" }), undefined);
    assert.equal(keyOf({ schedule: "rate(2161 hours)" }), "schedule");
    assert.equal(keyOf({ every: 1, window: 24 }), undefined);
    assert.equal(keyOf({ schedule: "cron(0 1 * * ? *)", window: 24 }), "window");
    assert.equal(keyOf({ schedule: "cron(0 1 * * ? *)", window: 23 }), undefined);
    assert.equal(keyOf({ schedule: "cron(0 0/6 * * ? *)", window: 7 }), "window");
    assert.equal(keyOf({ schedule: "cron(0 0/6 * * ? *)", window: 6 }), undefined);
  });
});

describe("the nearest word", () => {
  it("is the one a typing mistake away", () => {
    assert.equal(nearest("descripton", ["owner", "description"]), "description");
    assert.equal(nearest("esc", ["lambda", "ecs", "ec2"]), "ecs");
    assert.equal(nearest("production", ["staging", "prod"]), "prod");
    assert.equal(
      nearest("POSTGRES-single-user", ["mysql-single-user", "postgres-single-user"]),
      "postgres-single-user",
    );
    assert.equal(nearest("colour", ["owner", "service", "key"]), undefined);
    assert.equal(nearest("ab", []), undefined);
    assert.equal(didYouMean("qqqqqq", ["owner"], "remove it"), "remove it");
  });
});

describe("references", () => {
  it("name a service, an item and a field", () => {
    assert.deepEqual(parseReference("key", "orders"), { service: "orders", item: "key" });
    assert.deepEqual(parseReference("payments/key", "orders"), { service: "payments", item: "key" });
    assert.deepEqual(parseReference("key.id", "orders"), { service: "orders", item: "key", field: "id" });
    assert.deepEqual(parseReference("payments/key.id", "orders"), {
      service: "payments",
      item: "key",
      field: "id",
    });
  });
});

describe("Fargate's sizes", () => {
  it("are those AWS lists", () => {
    assert.deepEqual(fargateCpus, [256, 512, 1024, 2048, 4096, 8192, 16_384]);
    assert.deepEqual(fargateMemories(256), [512, 1024, 2048]);
    assert.deepEqual(fargateMemories(512), [1024, 2048, 3072, 4096]);
    assert.deepEqual([fargateMemories(4096).at(0), fargateMemories(4096).at(-1)], [8192, 30_720]);
    assert.deepEqual([fargateMemories(16_384).at(0), fargateMemories(16_384).at(-1)], [32_768, 122_880]);
    assert.deepEqual(fargateMemories(300), []);
  });
});

describe("names that meet", () => {
  const name = (line: number, given: Partial<Parameters<typeof collisions>[0][number]> = {}) => ({
    kind: "role",
    scope: "222222222222",
    name: "orders-staging-api",
    identity: String(line),
    at: { file: "services/orders.yaml", line, column: 3 },
    path: `consumers.c${line}`,
    ...given,
  });

  it("are one problem at the later place, naming the earlier", () => {
    const [problem, ...more] = collisions([name(1), name(2), name(2)]);
    assert.deepEqual(more, []);
    assert.equal(problem!.line, 2);
    assert.match(
      problem!.found,
      /role name `orders-staging-api`, and also consumers\.c1 at services\/orders\.yaml:1:3/,
    );
  });

  it("meet within one kind and account only, whatever their case", () => {
    assert.equal(collisions([name(1), name(2, { kind: "secret" })]).length, 0);
    assert.equal(collisions([name(1), name(2, { scope: "333333333333" })]).length, 0);
    assert.equal(collisions([name(1), name(2, { identity: "1" })]).length, 0);
    assert.equal(collisions([name(1), name(2, { name: "Orders-Staging-API" })]).length, 1);
  });
});

describe("the surroundings of manifests", () => {
  it("are what the organisation says of each environment", () => {
    const principal = { trusted: [] };
    const security = {
      kind: "security",
      account: "111111111111",
      logArchive: { lockDays: 1, keepDays: 2 },
    } as const;
    const workload = {
      kind: "workload",
      production: false,
      network: { cidr: "10.0.0.0/16", availabilityZones: 2, nat: "none" },
      boundary: [],
    } as const;
    const organisation: Organisation = {
      id: "o-exampleorgid",
      partition: "aws",
      region: "eu-west-1",
      stacks: [
        {
          ...security,
          name: "security",
          environments: ["staging"],
          rotationNetwork: { staging: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] } },
        },
        {
          ...security,
          name: "security-prod",
          account: "444444444444",
          environments: ["prod"],
          rotationNetwork: {},
        },
        { ...workload, name: "staging", account: "222222222222", environment: "staging" },
        { ...workload, name: "prod", account: "333333333333", environment: "prod" },
        { ...workload, name: "lost", account: "555555555555", environment: "lost" },
      ],
      principals: {
        deployer: "platform-deployer",
        administrators: [],
        writers: principal,
        developers: { ...principal, environments: [] },
        auditors: principal,
        breakGlass: { ...principal, mfa: "iam" },
      },
    };
    assert.deepEqual(surroundingsOf(organisation), {
      partition: "aws",
      region: "eu-west-1",
      environments: [
        {
          name: "staging",
          account: "222222222222",
          securityAccount: "111111111111",
          hasRotationNetwork: true,
        },
        { name: "prod", account: "333333333333", securityAccount: "444444444444", hasRotationNetwork: false },
      ],
    });
  });
});
