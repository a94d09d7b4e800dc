import { isObject } from "../../access/conditions";
import type { ItemDocuments, KeyDocuments, NamedPolicy, ShareDocuments } from "../../access/input";
import { keyNamed } from "./keys";
import { sharesIn } from "./shares";
import { listOf, noteStrays, type ResourcesByType, type StackResource, textOf } from "./stack";

/** Secrets, with their replicas, and parameters of a stack. `note` is told what is not read. */
export function itemsIn(
  resources: ResourcesByType,
  keys: readonly KeyDocuments[],
  note: (reason: string) => void,
): readonly ItemDocuments[] {
  const policies = new Map<string | undefined, StackResource>();
  for (const policy of resources.all("secretPolicy")) {
    const arn = textOf(policy, "secretArn");
    if (policies.has(arn)) note(`a second policy of the secret ${arn ?? ""}`);
    policies.set(arn, policy);
  }
  const secrets = new Map(resources.all("secret").map((secret) => [textOf(secret, "arn"), secret]));
  const isSecret = (arn: string | undefined) => arn !== undefined && secrets.has(arn);
  noteStrays(resources.all("secretPolicy"), isSecret, "secretArn", note);
  noteStrays(resources.all("rotation"), isSecret, "secretId", note);
  const rotations = new Map(
    resources.all("rotation").map((one) => [textOf(one, "secretId"), textOf(one, "rotationLambdaArn")]),
  );
  const shares = sharesIn(resources, note);
  return [
    ...resources.all("secret").flatMap((secret) => {
      const arn = textOf(secret, "arn") ?? "";
      const rotationFunction = rotations.get(arn);
      if (policies.has(arn) && textOf(secret, "policy") !== undefined)
        note(`a second policy of the secret ${arn}`);
      const policy = policyOf(secret, policies.get(arn));
      return regionsOf(secret, arn, note).map(([region, key]): ItemDocuments => ({
        kind: "secret",
        arn: inRegion(arn, region),
        ...(key !== undefined && { key: keyNamed(keys, key, region) }),
        ...(policy !== undefined && { policy }),
        ...(rotationFunction !== undefined && { rotationFunction }),
      }));
    }),
    ...resources.all("parameter").map((parameter) => parameterOf(parameter, textOf(parameter, "type"))),
    ...resources.all("expiringParameter").map((parameter) => parameterOf(parameter, "SecureString")),
  ];

  function parameterOf(resource: StackResource, type: string | undefined): ItemDocuments {
    const arn = textOf(resource, "arn") ?? "";
    if (type !== "String" && type !== "StringList" && type !== "SecureString")
      note(`the type ${type ?? "that is not given"} of ${arn}`);
    const key = textOf(resource, "keyId");
    const shared: readonly ShareDocuments[] | undefined = shares.get(arn);
    return {
      kind: "parameter",
      arn,
      type: type === "String" || type === "StringList" ? type : "SecureString",
      ...(key !== undefined && { key: keyNamed(keys, key, regionIn(arn)) }),
      ...(shared !== undefined && { shares: shared }),
    };
  }
}

/** Of a resource of its own, else of the secret's property. */
function policyOf(secret: StackResource, policy: StackResource | undefined): NamedPolicy | undefined {
  const document = textOf(policy ?? secret, "policy");
  return document === undefined
    ? undefined
    : { name: `policy of the secret ${textOf(secret, "name") ?? secret.urn}`, document };
}

/** The secret's own region and those of its replicas, each with the key there. */
function regionsOf(
  secret: StackResource,
  arn: string,
  note: (reason: string) => void,
): readonly (readonly [string, string | undefined])[] {
  const replicas = listOf(secret, "replicas", note).filter(isObject);
  return [
    [regionIn(arn), textOf(secret, "kmsKeyId")],
    ...replicas.map(({ region, kmsKeyId }) => [String(region), optionalText(kmsKeyId)] as const),
  ];
}

function optionalText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function regionIn(arn: string): string {
  return arn.split(":")[3] ?? "";
}

function inRegion(arn: string, region: string): string {
  return arn.split(":").with(3, region).join(":");
}
