/** The two names an alternating secret has: the manifest's, and that of its clone. */
export interface UserPair {
  readonly original: string;
  readonly clone: string;
}

/** A role's attributes. https://www.postgresql.org/docs/current/role-attributes.html */
export interface ObservedRole {
  readonly name: string;
  readonly superuser: boolean;
  readonly createdb: boolean;
  readonly createrole: boolean;
  readonly replication: boolean;
  readonly bypassrls: boolean;
  readonly inherit: boolean;
  readonly login: boolean;
  /** -1: none. */
  readonly connectionLimit: number;
  /** As VALID UNTIL takes it; `infinity` where there is none, `-infinity` as well. */
  readonly validUntil: string;
  readonly expired: boolean;
  readonly comment: string | null;
}

/** One that ALTER ROLE … SET or ALTER DATABASE … SET keeps, as `name=value`. */
export interface ObservedSetting {
  /** Null: of every role. */
  readonly role: string | null;
  /** Null: in every database. */
  readonly database: string | null;
  readonly entry: string;
}

export interface OwnedObjects {
  /** The one asked, for those of the whole server, such as databases. */
  readonly database: string;
  /** Whoever logs in there runs what others have written; from PostgreSQL 17 on. */
  readonly hasLoginTrigger: boolean;
}

/** What the server says of the two users, whichever database is asked. */
export interface Observed {
  /** `160004` is 16.4. */
  readonly version: number;
  /** Process of the session that asked. */
  readonly pid: number;
  readonly sessionUser: string;
  readonly currentUser: string;
  readonly database: string;
  /** Those of the two that exist, and the session's own. */
  readonly roles: readonly ObservedRole[];
  readonly settings: readonly ObservedSetting[];
  /** Of the roles that settings name for `role`, those the original may become. */
  readonly mayBecome: readonly string[];
  /** The clone has the original's grants by itself. */
  readonly inherits: boolean;
  /** The clone may become the original. */
  readonly becomes: boolean;
  /** Roles that let the clone pass the original's membership on. */
  readonly administersBy: readonly string[];
  /** The original is a member of the clone. */
  readonly isReversed: boolean;
  /** Roles the clone is a member of and the original is not. */
  readonly ownMemberships: readonly string[];
  /** Where there are objects of the clone. */
  readonly owns: readonly OwnedObjects[];
}

/** A privilege that the clone was granted and the original does not have. */
export interface ObservedGrant {
  readonly privilege: string;
  /** Kind, name and column of the object, as `pg_identify_object` says them. */
  readonly type: string;
  readonly identity: string;
  readonly column: string | null;
}

/** A row security policy that asks who logged in, and does not name the clone. */
export interface ObservedPolicy {
  readonly name: string;
  readonly table: string;
}

/** What only the service's own database can say. */
export interface ObservedInDatabase {
  readonly grants: readonly ObservedGrant[];
  readonly policies: readonly ObservedPolicy[];
}

export function roleNamed({ roles }: Observed, name: string): ObservedRole | undefined {
  return roles.find((role) => role.name === name);
}
