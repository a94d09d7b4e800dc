import type { ConsumerPlan } from "../../../model/plan/types";
import { UsageError } from "../../usageError";
import { type FormatName, formatNames } from "../flags";
import type { Subject } from "../subject";
import { cdk } from "./cdk";
import { cloudformation, noTemplate } from "./cloudformation";
import { buildspec } from "./buildspec";
import { csi } from "./csi";
import { ecs } from "./ecs";
import { env } from "./env";
import { externalSecrets } from "./externalSecrets";
import { terraform } from "./terraform";

export interface Format {
  /** Kinds of consumers it is for. @default any */
  readonly kinds?: readonly string[];
  /** Why it means nothing to one of them. @default it does to all */
  readonly unfit?: (consumer: ConsumerPlan) => string | undefined;
  readonly print: (subject: Subject) => string;
}

export const formats: Readonly<Record<FormatName, Format>> = {
  json: { print: ({ document }) => JSON.stringify(document, undefined, 2) },
  ecs: { kinds: ["ecs"], print: ecs },
  buildspec: { kinds: ["codebuild"], print: buildspec },
  env: { print: env },
  terraform: { print: terraform },
  cdk: { print: cdk },
  cloudformation: { unfit: noTemplate, print: cloudformation },
  "external-secrets": { print: externalSecrets },
  csi: { print: csi },
};

/** @throws UsageError for a format that means nothing to consumers of this kind, or to this one */
export function refuseOther(consumer: ConsumerPlan, format: FormatName): void {
  const { kind } = consumer.settings;
  const isOfKind = (name: FormatName) => formats[name].kinds?.includes(kind) ?? true;
  const unfit = (name: FormatName) => formats[name].unfit?.(consumer);
  if (isOfKind(format) && unfit(format) === undefined) return;
  const why = isOfKind(format)
    ? `${format} has nothing for ${consumer.consumer}: ${unfit(format)}`
    : `${format} is for ${formats[format].kinds?.join(" and ")} consumers, and ${consumer.consumer} is of kind ${kind}`;
  const others = formatNames.filter((name) => isOfKind(name) && unfit(name) === undefined);
  throw new UsageError(`${why}; formats for it are ${others.join(", ")}`);
}
