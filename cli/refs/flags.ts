export const formatNames = [
  "json",
  "ecs",
  "buildspec",
  "env",
  "terraform",
  "cdk",
  "cloudformation",
  "external-secrets",
  "csi",
] as const;
export type FormatName = (typeof formatNames)[number];

export interface RefsFlags {
  readonly format: FormatName;
  readonly deployed?: true;
  readonly services?: string;
}
