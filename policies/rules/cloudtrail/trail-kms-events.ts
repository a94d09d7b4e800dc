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
  if (management.length === 0) {
    yield finding(property, "leave management events out");
    return;
  }
  for (const { readWriteType, excludeManagementEventSources } of management) {
    if ((textOf(readWriteType) ?? "All") !== "All")
      yield finding(property, `record only ${textOf(readWriteType)} events`);
    if (listOf(excludeManagementEventSources).some((source) => textOf(source) === kms)) {
      yield finding(property, "leave KMS events out");
    }
  }
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
  if (management.length === 0) {
    yield finding(property, "leave management events out");
    return;
  }
  if (management.every(leavesKmsOut)) yield finding(property, "leave KMS events out");
  if (recordsHalf(management)) yield finding(property, "record only reads or only writes");
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

/** Every selector takes one half, and all the same one. */
function recordsHalf(management: readonly (readonly Properties[])[]): boolean {
  const halves = management.map((fields) => fields.find(({ field }) => field === "readOnly"));
  const taken = halves.map((half) => textOf(listOf(half?.["equals"])[0]));
  return !halves.includes(undefined) && new Set(taken).size === 1;
}

function leavesKmsOut(fields: readonly Properties[]): boolean {
  return fields.some(
    ({ field, equals, notEquals }) =>
      field === "eventSource" && (has(notEquals, kms) || (isPresent(equals) && !has(equals, kms))),
  );
}

function has(values: Value, wanted: string): boolean {
  return listOf(values).some((value) => textOf(value) === wanted);
}
