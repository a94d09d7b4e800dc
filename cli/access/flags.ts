export interface AccessFlags {
  readonly who?: string;
  readonly what?: string;
  readonly service?: string;
  readonly environment?: string;
  readonly explain?: boolean;
  readonly format: "text" | "json" | "csv";
  readonly services?: string;
}
