import type { Access } from "./accesses";

/**
 * Joins the two records of a call across accounts, each in the trail of one of them: the caller's names the role, the
 * owner's its account alone. Only the last `capacity` records wait for their other half, so the two must not lie further
 * apart in what is read; CloudTrail delivers both within some minutes.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (sharedEventID)
 */
export interface Pairing {
  /** Accesses that can be counted now: none while an owner's record waits for the caller's. */
  add(access: Access): readonly Access[];
  /** Owner's records whose other half never came. */
  rest(): readonly Access[];
  /** Calls of which both records were seen. */
  readonly joined: number;
}

export function pairing(capacity: number): Pairing {
  // What waits: an owner's record itself, or the mark that the caller's was counted.
  const waiting = new Map<string, Access | "counted">();
  let joined = 0;
  return {
    add(access) {
      if (access.shared === "") return [access];
      const isOwners = access.principal.kind === "account";
      const other = waiting.get(access.shared);
      if (other !== undefined && (other === "counted") === isOwners) {
        waiting.delete(access.shared);
        joined++;
        return isOwners || other === "counted" ? [] : [withItems(access, other)];
      }
      waiting.set(access.shared, isOwners ? access : "counted");
      const now = isOwners ? [] : [access];
      if (waiting.size <= capacity) return now;
      const [[oldest, evicted]] = waiting as unknown as [[string, Access | "counted"]];
      waiting.delete(oldest);
      return evicted === "counted" ? now : [...now, evicted];
    },
    rest: () => [...waiting.values()].filter((one) => one !== "counted"),
    get joined() {
      return joined;
    },
  };
}

function withItems(access: Access, other: Access): Access {
  return access.items.length > 0 ? access : { ...access, items: other.items };
}
