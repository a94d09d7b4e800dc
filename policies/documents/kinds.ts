import type { Arn } from "./arn";

/** Kinds of things that stand before their names in ARNs: `secret:*`, `role/*`; names that none of these has are names. */
const kinds = [
  "alarm|alias|assumed-role|automation-definition|build|cluster|container-instance|db|distribution|document|domain",
  "event-bus|file-system|function|group|hostedzone|image|instance|instance-profile|key|launch-template|layer|log-group",
  "managed-instance|parameter|policy|project|repository|resource-share|role|rule|secret|security-group|service|session",
  "snapshot|stack|stateMachine|stream|subnet|table|task|task-definition|trail|user|userpool|volume|vpc|vpc-endpoint",
  "workgroup",
].join("|");
const kind = new RegExp(`^(?:${kinds})[:/]`);

/**
 * The last part of an ARN without what kind of thing it is. Buckets have no kind before their names: `table/*` is what
 * lies in the bucket `table`.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function withoutKind({ service, resource }: Pick<Arn, "service" | "resource">): string {
  return service === "s3" ? resource : resource.replace(kind, "");
}
