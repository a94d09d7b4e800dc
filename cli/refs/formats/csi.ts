import type { ConsumerPlan } from "../../../model/plan/types";
import type { Located, Subject } from "../subject";
import { keyOf, objectName } from "./externalSecrets";
import { yamlText } from "../../../model/yaml/yamlText";

/**
 * A SecretProviderClass of the Secrets Store CSI driver with AWS's provider: a file for each value. The provider takes a
 * parameter by its name alone, so that one of another account cannot be mounted. It takes the role of an OIDC provider
 * unless it is told of Pod Identity.
 * https://github.com/aws/secrets-store-csi-driver-provider-aws
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/ascp-pod-identity-integration.html
 */
export function csi({ consumer, place, injected, read }: Subject): string {
  const all = [...injected, ...read];
  const [mounted, elsewhere] = [false, true].map((is) =>
    all.filter(({ item }) => (item.kind === "parameter" && item.account !== place.account) === is),
  );
  const provider = yamlText({
    apiVersion: "secrets-store.csi.x-k8s.io/v1",
    kind: "SecretProviderClass",
    metadata: { name: objectName(consumer) },
    spec: {
      provider: "aws",
      parameters: {
        region: place.region,
        ...(hasPodIdentity(consumer) && { usePodIdentity: "true" }),
        objects: yamlText(objects(mounted ?? [])),
      },
    },
  });
  const notes = (elsewhere ?? []).map(
    ({ named, item }) => `# ${named} lies in account ${item.account}: the program reads it by ARN\n`,
  );
  return [...notes, provider].join("");
}

function hasPodIdentity({ settings }: ConsumerPlan): boolean {
  return settings.kind === "eks" && settings.oidcProvider === undefined;
}

/** One entry an item, whose fields are files of their own. */
function objects(all: readonly Located[]): readonly object[] {
  const byArn = new Map<string, Located[]>();
  for (const one of all) byArn.set(one.arn, [...(byArn.get(one.arn) ?? []), one]);
  return [...byArn.values()].flatMap((ones) => {
    const fields = ones.filter(({ field }) => field !== undefined);
    const whole = ones.filter(({ field }) => field === undefined);
    const named = (one: Located) =>
      one.item.kind === "parameter"
        ? { objectName: one.item.name, objectType: "ssmparameter" }
        : { objectName: one.arn, objectType: "secretsmanager" };
    return [
      ...whole.map((one) => ({ ...named(one), objectAlias: keyOf(one) })),
      ...(fields[0] === undefined
        ? []
        : [
            {
              ...named(fields[0]),
              objectAlias: `${fields[0].named.replace("/", ".")}.json`,
              jmesPath: fields.map((one) => ({ path: `"${one.field}"`, objectAlias: keyOf(one) })),
            },
          ]),
    ];
  });
}
