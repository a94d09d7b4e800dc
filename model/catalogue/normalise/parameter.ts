import { type AcceptedManifest, placeOf } from "../reading/manifest";
import type { ServiceOutput } from "../schema/service";
import type { Parameter, PerEnvironment } from "../types";
import { isList, type Scalar, valueText } from "./parameterValue";
import { inEach } from "./perEnvironment";

type ParameterOutput = NonNullable<ServiceOutput["parameters"]>[string];

interface NamedParameter {
  readonly name: string;
  readonly parameter: ParameterOutput;
  /** The service's own. */
  readonly retire: boolean;
  /** Whether ECS or CodeBuild puts it into an environment variable. */
  readonly isInjected: boolean;
}

export function normaliseParameter(
  manifest: AcceptedManifest,
  { name, parameter, retire, isInjected }: NamedParameter,
): Parameter {
  const common = {
    kind: "parameter",
    name,
    description: parameter.description.trim(),
    shareWith: parameter.shareWith ?? [],
    retire: retire || (parameter.retire ?? false),
    at: placeOf(manifest, ["parameters", name]),
  } as const;
  if (parameter.type === "SecureString") {
    return {
      ...common,
      type: "SecureString",
      // Both kinds of policy, expiry and the reminder of a value that stays, need the Advanced tier.
      tier: "Advanced",
      expires: parameter.expires,
      home: parameter.home ?? (isInjected ? "workload" : "security"),
    };
  }
  return {
    ...common,
    type: parameter.type,
    tier: parameter.tier === "advanced" ? "Advanced" : "Standard",
    value: parameterValues(manifest, name, parameter.value),
    ...(parameter.public !== undefined && {
      public: {
        reason: parameter.public.trim(),
        at: placeOf(manifest, ["parameters", name, "public"]),
      },
    }),
    home: "workload",
  };
}

type Value = Scalar | readonly Scalar[];

/** The values that Parameter Store will hold: as written, lists joined by commas. */
function parameterValues(
  manifest: AcceptedManifest,
  name: string,
  given: Value | PerEnvironment<Value>,
): PerEnvironment<string> {
  const path = ["parameters", name, "value"];
  return inEach(manifest.accepted.environments, (environment) => {
    if (typeof given !== "object" || isList(given)) return valueText(manifest, path, given);
    const value = given[environment];
    return value === undefined ? undefined : valueText(manifest, [...path, environment], value);
  });
}
