import type { OutputRow } from "./table";

/** Modules of the SDK whose ARNs bear another service's name. */
const serviceNames: Record<string, string> = {
  accessanalyzer: "access-analyzer",
  alb: "elasticloadbalancing",
  cfg: "config",
  lb: "elasticloadbalancing",
  vpc: "ec2",
};

/** Inputs that name a resource, in order of preference. */
const nameProperties = ["name", "id", "identifier"];

/**
 * A plausible answer for a type nobody wrote a row for: the id is its name, or else a prefix and 17 hexadecimal
 * digits; of the outputs only an ARN is filled in, if the type has one.
 */
export function fallback(type: string, computed: readonly string[]): OutputRow {
  const [, module = "", kind = ""] = type.replace("/", ":").split(":");
  const service = serviceNames[module] ?? module;
  const id: OutputRow["id"] = (resource) => {
    const named = nameProperties.map((property) => resource.text(property)).find((name) => name !== "");
    return named ?? `${kind.toLowerCase()}-${resource.hex(17)}`;
  };
  return {
    id,
    outputs: (resource) =>
      computed.includes("arn") ? { arn: resource.arn(service, `${kind.toLowerCase()}/${id(resource)}`) } : {},
  };
}
