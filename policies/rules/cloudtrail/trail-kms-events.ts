import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import {
  booleanOf,
  entriesOf,
  isPresent,
  listOf,
  objectOf,
  textOf,
  unknown,
  unknownPaths,
  valueAt,
  type Properties,
  type Value,
} from "../../view/values";

const kms = "kms.amazonaws.com";

export const trailKmsEvents: Rule = {
  id: "trail-kms-events",
  title: "A trail records management events, those of KMS and reads included",
  why: "Every use of a key, and every read of a secret, is a management event; leaving them out saves little and blinds the audit",
  remedy: "Select management events of type All, without `excludeManagementEventSources`",
  severity: "high",
  level: "mandatory",
  references: ["AWS CloudTrail user guide: logging management events", "CIS AWS 3.0 3.1"],
  resource: {
    types: [types.trail],
    *check({ props }): Iterable<Finding> {
      if (isPresent(props["advancedEventSelectors"])) yield* checkAdvanced(props["advancedEventSelectors"]);
      else if (isPresent(props["eventSelectors"])) yield* checkBasic(props["eventSelectors"]);
      // Without selectors a trail records all management events.
    },
  },
};

function* checkBasic(selectors: Value): Iterable<Finding> {
  const property = "eventSelectors";
  if (selectors === unknown) {
    yield undecided(property);
    return;
  }
  const management = listOf(selectors)
    .map(objectOf)
    .filter((selector) => booleanOf(selector["includeManagementEvents"]) !== false);
  if (unknownPaths(selectors, property).some((path) => !/\.dataResources/.test(path)))
    yield undecided(property);
  yield* checkHalves(
    property,
    management.map(({ readWriteType, excludeManagementEventSources }) => ({
      half: halves[textOf(readWriteType) ?? "All"],
      leavesKmsOut: has(excludeManagementEventSources, kms),
    })),
  );
}

/** What a selector of management events takes: one half of them, or both. */
interface Taken {
  readonly half: "reads" | "writes" | undefined;
  readonly leavesKmsOut: boolean;
}

const halves: Readonly<Record<string, Taken["half"]>> = { ReadOnly: "reads", WriteOnly: "writes" };

/** An event is recorded where any selector takes it: what one leaves out, another may record. */
function* checkHalves(property: string, management: readonly Taken[]): Iterable<Finding> {
  if (management.length === 0) {
    yield finding(property, "leave management events out");
    return;
  }
  const taking = (["reads", "writes"] as const).map((wanted) =>
    management.filter(({ half }) => half === undefined || half === wanted),
  );
  if (taking.some((half) => half.length > 0 && half.every(({ leavesKmsOut }) => leavesKmsOut)))
    yield finding(property, "leave KMS events out");
  if (taking.some((half) => half.length === 0))
    yield finding(property, `record only ${taking[0]?.length === 0 ? "WriteOnly" : "ReadOnly"} events`);
}

function* checkAdvanced(selectors: Value): Iterable<Finding> {
  const property = "advancedEventSelectors";
  // What one selector leaves out, another may record: with a part of one unknown, nothing is sure.
  if (entriesOf(selectors).some((selector) => isOpen(selector) && !isOfData(selector))) {
    yield undecided(property);
    return;
  }
  const management = listOf(selectors)
    .map((selector) => listOf(objectOf(selector)["fieldSelectors"]).map(objectOf))
    .filter((fields) =>
      fields.some(({ field, equals }) => field === "eventCategory" && has(equals, "Management")),
    );
  yield* checkHalves(
    property,
    management.map((fields) => ({ half: halfOf(fields), leavesKmsOut: leavesKmsOut(fields) })),
  );
}

function isOpen(selector: Value): boolean {
  return unknownPaths(selector, "").length > 0;
}

/** Of another category than management events, whatever else it says. */
function isOfData(selector: Value): boolean {
  return listOf(valueAt(selector, "fieldSelectors"))
    .map(objectOf)
    .some(({ field, equals }) => field === "eventCategory" && !isOpen(equals) && !has(equals, "Management"));
}

function halfOf(fields: readonly Properties[]): Taken["half"] {
  const readOnly = fields.find(({ field }) => field === "readOnly");
  if (readOnly === undefined) return undefined;
  const isReads = has(readOnly["equals"], "true") || has(readOnly["notEquals"], "false");
  return isReads ? "reads" : "writes";
}

/** By the events' source or their names: any other test than for all of KMS may leave some of it out. */
function leavesKmsOut(fields: readonly Properties[]): boolean {
  return fields.some(({ field, ...tests }) => {
    if (field !== "eventSource" && field !== "eventName") return false;
    const others = Object.entries(tests).filter(([, values]) => listOf(values).length > 0);
    return others.some(([test, values]) =>
      field === "eventName" || (test !== "equals" && test !== "notEquals")
        ? true
        : has(values, kms) === (test === "notEquals"),
    );
  });
}

function has(values: Value, wanted: string): boolean {
  return listOf(values).some((value) => textOf(value) === wanted);
}
