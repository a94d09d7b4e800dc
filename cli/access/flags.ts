export interface AccessFlags {
  readonly who?: string;
  readonly what?: string;
  readonly service?: string;
  readonly environment?: string;
  readonly explain?: boolean;
  readonly format: "text" | "json" | "csv";
  readonly services?: string;
  /** What is deployed instead of what would be. */
  readonly live?: boolean;
  /** Of `live`: profiles of the machine's settings, one an account. */
  readonly profile?: readonly string[];
  /** Of `live`: accounts that have to be read; all unless given. */
  readonly account?: readonly string[];
  /** Files. */
  readonly organisationPolicy: readonly string[];
}
