import type { FindingKind } from "../../model/functions/metrics";
import type { ExpiryWatchSettings } from "../../model/functions/settings";
import { type DatabaseForm, parseFormTag } from "../../model/values/databaseForm";
import { manifestKeys } from "../../model/values/formKeys";
import { waitingChanges } from "../../model/values/plannedForm";
import { type PlannedRotation, rotationMisfit } from "../../model/values/plannedRotation";
import { failedReplicas } from "../../model/values/replicas";
import { isRotationOverdue, rotationDue, stuckAfterMs } from "../../model/values/rotationState";
import { day, type Finding } from "./finding";
import type { WatchedSecret } from "./items";

/** What the manifests say of a secret. */
export interface PlannedSecret {
  readonly rotation: PlannedRotation | undefined;
  readonly regions: readonly string[];
  readonly form: DatabaseForm | undefined;
}

export function plannedSecrets(settings: ExpiryWatchSettings): (name: string) => PlannedSecret {
  const { expectedRotations = [], expectedReplicas = [], expectedForms = [] } = settings;
  const rotations = new Map(expectedRotations.map((planned) => [planned.name, planned]));
  const replicas = new Map(expectedReplicas.map(({ name, regions }) => [name, regions]));
  const forms = new Map(expectedForms.map(({ name, form }) => [name, parseFormTag(form)]));
  return (name) => ({
    rotation: rotations.get(name),
    regions: replicas.get(name) ?? [],
    form: forms.get(name),
  });
}

export function secretFinding(secret: WatchedSecret, planned: PlannedSecret, now: Date): Finding | undefined {
  const { name, owner, isUnset, isPending, lastChanged, rotation, rules } = secret;
  const record =
    planned.rotation?.partner === undefined ? "its function's log" : "CloudTrail's event RotationFailed";
  const found = (kind: FindingKind, matter: string, remedy: string): Finding => ({
    kind,
    item: "secret",
    name,
    owner,
    matter,
    remedy,
  });
  if (isUnset) return found("unset", "it has no value yet", `supply it: npx platform set ${name}`);
  const misfit = planned.rotation && rules && rotationMisfit(planned.rotation, rules);
  if (misfit !== undefined) {
    return found(
      "not as planned",
      misfit,
      `find out who changed that, then pulumi up --refresh --policy-pack policies puts it back; npx platform rotate ${name}`,
    );
  }
  const waiting = waitingKeys(secret, planned);
  if (waiting.length > 0) {
    return found(
      "waiting",
      `its value is not what the manifest says now in ${waiting.join(", ")}, and rotations copy it on as it is`,
      "npx platform status says what comes before and after npx platform set",
    );
  }
  if (isPending && lastChanged !== undefined && lastChanged.getTime() + stuckAfterMs <= now.getTime()) {
    return found(
      "stuck",
      `a rotation begun by ${moment(lastChanged)} has not ended`,
      `${record} says why; then npx platform rotate ${name}, or give it up: npx platform unstick ${name}`,
    );
  }
  const due = rotation === undefined ? undefined : rotationDue(rotation);
  if (due !== undefined && rotation !== undefined && isRotationOverdue(rotation, now)) {
    return found(
      "overdue",
      `its rotation was due on ${day(due.getTime())}`,
      `${record} says why it was not done; then npx platform rotate ${name}`,
    );
  }
  const copies = replicaMatters(secret, planned);
  return copies.length === 0
    ? undefined
    : found("replica failed", copies.join("; "), "npx platform status says what to do");
}

function waitingKeys({ form }: WatchedSecret, planned: PlannedSecret): readonly string[] {
  if (form === undefined || planned.form === undefined) return [];
  return manifestKeys(waitingChanges(form, planned.form, false));
}

function replicaMatters({ replicas }: WatchedSecret, { regions }: PlannedSecret): readonly string[] {
  if (replicas === undefined) return [];
  return typeof replicas === "string"
    ? [`whether its copies follow could not be seen (${replicas})`]
    : failedReplicas(regions, replicas).map(({ matter }) => matter);
}

function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
