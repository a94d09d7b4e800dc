import { type ExportedResource, record } from "./readExport";

export interface ResourceIdentity {
  readonly stack: string;
  /** Service and environment, where its tags name them; else the stack. */
  readonly about: string;
  /** Type and logical name. */
  readonly name: string;
  /** `iam/role orders-prod-api-role` */
  readonly words: string;
}

export function identityOf({ urn, type, inputs }: ExportedResource): ResourceIdentity {
  const [, stack = "", name = urn] = /^urn:pulumi:([^:]+)::[^:]+::.*?::(.+)$/s.exec(urn) ?? [];
  const { service, environment } = record(inputs["tags"]);
  const isTagged = typeof service === "string" && typeof environment === "string";
  return {
    stack,
    about: isTagged && service !== "platform" ? `${service}/${environment}` : stack,
    name: `${type} ${name}`,
    words: `${shortType(type)} ${name}`,
  };
}

/** `iam/role` of `aws:iam/role:Role`, `ExpiringParameter` of `secrets-platform:index:ExpiringParameter` */
function shortType(type: string): string {
  const [, module = type, own = type] = type.split(":");
  return module === "index" ? own : module;
}
