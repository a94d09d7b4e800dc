import type { UserIdentity } from "./trailRecord";

/** Who made a call, as far as one record says. */
export interface Principal {
  /** ARN of the role, user or root; else the service; else the account. */
  readonly name: string;
  /** 12 digits; empty for a service. */
  readonly account: string;
  readonly kind: "role" | "user" | "service" | "account";
  /** Of a role: who assumed it, in the words of whoever did. */
  readonly session?: string;
  /** `AROA…` of a role, in the owner's record too, which does not name the role. */
  readonly roleId?: string;
}

const unknown: Principal = { name: "unknown", account: "", kind: "account" };

/** A foreign caller's record in the account that owns the value names the caller's account and no role. */
export function principalOf(identity: UserIdentity | undefined): Principal {
  if (identity === undefined) return unknown;
  const { type, arn = "", accountId = "", invokedBy, sessionContext } = identity;
  const [roleId, session] = split(identity.principalId ?? "");
  const issuer = sessionContext?.sessionIssuer?.arn;
  if (issuer?.includes(":role/")) {
    return { name: issuer, account: accountId, kind: "role", ...named(session, roleId) };
  }
  const person = personOf(identity);
  if (person !== undefined) return { name: person, account: accountId, kind: "user" };
  if (type === "AWSAccount" || (arn === "" && accountId !== "" && invokedBy === undefined)) {
    return { name: `account ${accountId}`, account: accountId, kind: "account", ...named(session, roleId) };
  }
  if (arn !== "") return { name: arn, account: accountId, kind: "user" };
  if (invokedBy !== undefined) return { name: invokedBy, account: "", kind: "service" };
  return unknown;
}

/** Of IAM Identity Center, which has no ARN: the id by which its store knows the person, and the name where it is told. */
function personOf({ type, userName, onBehalfOf }: UserIdentity): string | undefined {
  if (type !== "IdentityCenterUser") return undefined;
  const parts = [userName, onBehalfOf?.userId].filter((part) => part !== undefined && part !== "");
  return `Identity Center user ${parts.length > 0 ? parts.join(" ") : "unknown"}`;
}

/** `AROA…:session` */
function split(principalId: string): readonly [string, string] {
  const colon = principalId.indexOf(":");
  return colon < 0 ? ["", ""] : [principalId.slice(0, colon), principalId.slice(colon + 1)];
}

function named(session: string, roleId: string): Pick<Principal, "session" | "roleId"> {
  return { ...(session !== "" && { session }), ...(roleId.startsWith("AROA") && { roleId }) };
}
