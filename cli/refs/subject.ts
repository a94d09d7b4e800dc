import type { Place } from "../../model/plan/arns";
import type { ConsumerPlan } from "../../model/plan/types";
import type { ReferencesDocument } from "../../model/references/document";
import { type Reference, mainReferences } from "../../model/references/reference";

/** What a format prints: a consumer with its references, each with the ARN there is. */
export interface Subject {
  readonly consumer: ConsumerPlan;
  readonly place: Place;
  readonly document: ReferencesDocument;
  /** Filled by AWS at start. */
  readonly injected: readonly Located[];
  /** Read by the program. */
  readonly read: readonly Located[];
}

export interface Located extends Reference {
  /** Of the item: without the field. */
  readonly arn: string;
}

export function subjectOf(consumer: ConsumerPlan, document: ReferencesDocument, place: Place): Subject {
  const injectedFrom = new Map(document.secrets.map(({ name, valueFrom }) => [name, valueFrom]));
  const readAt = new Map(document.environment.map(({ name, value }) => [name, value]));
  const all = mainReferences(consumer).map((reference): Located => {
    const { variable, field, holds } = reference;
    const at = (holds === "arn" ? readAt : injectedFrom).get(variable) ?? "";
    return { ...reference, arn: field === undefined ? at : at.replace(`:${field}::`, "") };
  });
  return {
    consumer,
    place,
    document,
    injected: all.filter(({ holds }) => holds === "value"),
    read: all.filter(({ holds }) => holds === "arn"),
  };
}
