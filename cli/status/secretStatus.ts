import type { ManagedSecretPlan, SecretPlan } from "../../model/plan/types";
import { isRotationOverdue, rotationDue, stuckAfterMs } from "../../model/values/rotationState";
import { itemPath } from "../operations/item";
import { failureLookup } from "../operations/rotatorOf";
import { blockingVersion, type ObservedSecret } from "../../aws/secret";
import { day, daysUntil, type Finding, type ItemStatus } from "./itemStatus";
import { replicaFindings, replicaNotes } from "./replicaFindings";
import { rotationFindings } from "./rotationFinding";
import { formNotes, waitingForm } from "./waitingForm";

/** What a secret is judged by, beside its own metadata. */
interface Circumstances {
  readonly stack: string;
  readonly now: Date;
  /** Of the administrator's secret; undefined where there is none, or it is not known. */
  readonly adminArn?: string | undefined;
}

/** Of one secret, from its metadata; undefined where the account has none of that name. */
export function secretStatus(
  secret: SecretPlan,
  observed: ObservedSecret | undefined,
  circumstances: Circumstances,
): ItemStatus {
  const findings =
    observed === undefined ? [missing(circumstances.stack)] : secretFindings(secret, observed, circumstances);
  const isRotating = observed !== undefined && blockingVersion(observed) !== undefined;
  return {
    ...identity(secret),
    state: findings[0]?.kind ?? (isRotating ? "rotating" : "ok"),
    ...dates(observed, circumstances.now),
    findings,
    notes: observed === undefined ? [] : [...formNotes(secret, observed), ...replicaNotes(secret, observed)],
  };
}

function missing(stack: string): Finding {
  return {
    kind: "missing",
    matter: "it is not there yet",
    remedy: `pulumi up --refresh --stack ${stack} --policy-pack policies`,
  };
}

/** The one to be dealt with first comes first; whatever hides the others stands alone. */
function secretFindings(
  secret: SecretPlan,
  observed: ObservedSecret,
  { stack, now, adminArn }: Circumstances,
): readonly Finding[] {
  const path = itemPath(secret);
  const { deletedAt, isUnset, dates: rotation } = observed;
  if (deletedAt !== undefined) {
    return [
      {
        kind: "deleted",
        matter: `it is being deleted since ${day(deletedAt)}`,
        remedy: `pulumi up --refresh --stack ${stack} --policy-pack policies restores it with its value`,
      },
    ];
  }
  if (isUnset) {
    return [{ kind: "unset", matter: "it has no value yet", remedy: `npx platform set ${path}` }];
  }
  const log = `${failureLookup(secret, "1d")} says why`;
  const due = rotationDue(rotation);
  const waiting = waitingForm(secret, observed, adminArn);
  return [
    ...rotationFindings(secret, observed, stack),
    ...(waiting === undefined ? [] : [waiting]),
    ...(isStuck(observed, now)
      ? [
          {
            kind: "stuck" as const,
            matter: `version ${blockingVersion(observed)} of an unfinished rotation blocks every later one`,
            remedy:
              waiting === undefined
                ? `${log}; then npx platform rotate ${path}, or give that version up: npx platform unstick ${path}`
                : `npx platform set, as above, gives that version up; ${log}`,
          },
        ]
      : []),
    ...(due !== undefined && isRotationOverdue(rotation, now)
      ? [
          {
            kind: "overdue" as const,
            matter: `its rotation was due on ${day(due)}`,
            remedy:
              waiting === undefined
                ? `${log}; then npx platform rotate ${path}`
                : `npx platform set first, as above; ${log}`,
          },
        ]
      : []),
    ...replicaFindings(secret, observed, stack),
  ];
}

/** When the pending version was made is not listed; nothing about the secret changed later than the last change. */
function isStuck(observed: ObservedSecret, now: Date): boolean {
  const { lastChanged } = observed;
  if (blockingVersion(observed) === undefined) return false;
  return lastChanged === undefined || lastChanged.getTime() + stuckAfterMs <= now.getTime();
}

/** Of one that a database service rotates: nothing here can be done about it but to say so. */
export function managedSecretStatus(
  secret: ManagedSecretPlan,
  observed: ObservedSecret | undefined,
  now: Date,
): ItemStatus {
  const findings: Finding[] =
    observed === undefined || observed.deletedAt !== undefined
      ? [
          {
            kind: "missing",
            matter: `${secret.arn} is not there`,
            remedy: `correct its arn (${secret.at.file}:${secret.at.line}), or let the database service make it`,
          },
        ]
      : isRotationOverdue(observed.dates, now)
        ? [
            {
              kind: "overdue",
              matter: `the database service was to rotate it by ${day(rotationDue(observed.dates) ?? now)}`,
              remedy: "see its events there: aws rds describe-events",
            },
          ]
        : [];
  return {
    ...identity(secret),
    state: findings[0]?.kind ?? "ok",
    ...dates(observed, now),
    findings,
    notes: [],
  };
}

function identity(secret: SecretPlan | ManagedSecretPlan) {
  return { item: itemPath(secret), kind: secret.kind, owner: secret.owner };
}

function dates(observed: ObservedSecret | undefined, now: Date) {
  const next = observed && (observed.dates.next ?? rotationDue(observed.dates));
  return { last: observed?.lastRotated, next, daysLeft: daysUntil(next, now) };
}
