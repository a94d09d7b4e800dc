import type { ConsumerPlan } from "../../../model/plan/types";
import { UsageError } from "../../usageError";
import { type FormatName, formatNames } from "../flags";
import type { Subject } from "../subject";
import { cdk } from "./cdk";
import { cloudformation } from "./cloudformation";
import { buildspec } from "./buildspec";
import { csi } from "./csi";
import { ecs } from "./ecs";
import { env } from "./env";
import { externalSecrets } from "./externalSecrets";
import { terraform } from "./terraform";

export interface Format {
  /** Kinds of consumers it is for. @default any */
  readonly kinds?: readonly string[];
  readonly print: (subject: Subject) => string;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  json: { print: ({ document }) => JSON.stringify(document, undefined, 2) },
  ecs: { kinds: ["ecs"], print: ecs },
  buildspec: { kinds: ["codebuild"], print: buildspec },
  env: { print: env },
  terraform: { print: terraform },
  cdk: { print: cdk },
  cloudformation: { kinds: ["ecs", "lambda", "codebuild"], print: cloudformation },
  "external-secrets": { print: externalSecrets },
  csi: { print: csi },
};

/** @throws UsageError for a format that means nothing to consumers of this kind */
export function refuseOther({ settings, consumer }: ConsumerPlan, format: FormatName): void {
  const { kind } = settings;
  const isFor = (name: FormatName) => formats[name].kinds?.includes(kind) ?? true;
  if (isFor(format)) return;
  throw new UsageError(
    `${format} is for ${formats[format].kinds?.join(" and ")} consumers, and ${consumer} is of kind ${kind}; ` +
      `formats for it are ${formatNames.filter(isFor).join(", ")}`,
  );
}
