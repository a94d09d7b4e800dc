import type { BuiltStack } from "../../../cli/inMemory/buildStack";
import type { DocumentKind } from "../../model/documents/support/forbidden";

/** A policy document that some resource was registered with. */
export interface EmittedDocument {
  readonly stack: string;
  readonly account: string;
  readonly urn: string;
  readonly type: string;
  /** Path of the property. */
  readonly property: string;
  readonly document: object;
  /** Of the resource. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Every policy document in any input of any resource, whether as text or as an object. */
export function emittedDocuments(stacks: readonly BuiltStack[]): readonly EmittedDocument[] {
  return stacks.flatMap(({ stack, account, resources }) =>
    resources.flatMap(({ urn, type, inputs }) =>
      documentsIn(inputs, []).map(({ path, document }) => ({
        stack,
        account,
        urn,
        type,
        property: path.join("."),
        document,
        inputs,
      })),
    ),
  );
}

function documentsIn(
  value: unknown,
  path: readonly string[],
): { path: readonly string[]; document: object }[] {
  const inner = typeof value === "string" ? parsed(value) : value;
  if (typeof inner !== "object" || inner === null) return [];
  if ("Statement" in inner) return [{ path, document: inner }];
  return Object.entries(inner).flatMap(([key, entry]) => documentsIn(entry, [...path, key]));
}

/** What a text that is JSON says; the text itself otherwise. */
function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a document at such a place is; undefined for a place these tests do not know yet. */
export function kindOf({ type, property, inputs }: EmittedDocument): DocumentKind | undefined {
  if (inputs["vpcEndpointType"] === "Gateway" && property === "policy") return "gateway";
  return places[`${type} ${property}`];
}

const places: Readonly<Record<string, DocumentKind>> = {
  "aws:iam/role:Role assumeRolePolicy": "trust",
  "aws:iam/rolePolicy:RolePolicy policy": "identity",
  "aws:iam/policy:Policy policy": "identity",
  "aws:kms/key:Key policy": "resource",
  "aws:secretsmanager/secretPolicy:SecretPolicy policy": "resource",
  "aws:s3/bucketPolicy:BucketPolicy policy": "resource",
  "aws:ec2/vpcEndpoint:VpcEndpoint policy": "resource",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy policy": "resource",
  "aws:sns/topicPolicy:TopicPolicy policy": "resource",
  "aws:sqs/queuePolicy:QueuePolicy policy": "resource",
};
