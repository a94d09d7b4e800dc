import { externalPartner, externalSecretTypes, fixedFields, keptFields } from "../../aws/externalSecrets";
import { buildReservedPrefix } from "../../aws/reservedVariables";
import type { Problem, ProblemWords } from "../../yaml/problem";
import { entriesOf, formatPlace, placeOf, plainAt, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import { referenceVariable } from "../referenceVariable";
import { addressFieldNames } from "../../values/connectionFields";
import { type Context, eachManifest } from "./rule";
import { type Item, resolve, shown, type Use, usesOf } from "./uses";

/** What ECS and CodeBuild copy into a variable at start can be reached from there and stays right long enough. */
export const injection = eachManifest((manifest, context) => {
  const uses = usesOf(manifest).filter(
    ({ kind }) => kind === "ecs" || kind === "codebuild" || kind === undefined,
  );
  return uses.flatMap((use): readonly Problem[] => {
    if (use.variable === undefined) return [];
    const item = resolve(context, use.reference);
    const problems = [
      item && homeProblem(use, item),
      item && signingProblem(use, item),
      item && staleProblem(use, item),
      item && outdatedProblem(use, item),
      item && splitProblem(use, item, uses, context),
    ];
    return problems
      .filter((problem) => problem !== undefined)
      .map((problem) => problemAt(manifest, use.path, problem));
  });
});

/** Also those that say where the items are that a build reads, and those of plain text. */
export const reservedVariables = eachManifest((manifest) => [
  ...entriesOf(manifest.draft.consumers).flatMap(([name, { kind, variables }]) =>
    kind !== "codebuild"
      ? []
      : Object.keys(variables ?? {})
          .filter((variable) => variable.startsWith(buildReservedPrefix))
          .map((variable) =>
            problemAt(
              manifest,
              ["consumers", name, "variables", variable],
              { found: `found \`${variable}\``, allowed: keptByCodeBuild, remedy: "choose another name" },
              "key",
            ),
          ),
  ),
  ...usesOf(manifest)
    .filter(({ kind }) => kind === "codebuild")
    .flatMap(({ path, variable, reference }) => {
      const name = variable ?? referenceVariable(shown(reference, manifest.service));
      if (!name.startsWith(buildReservedPrefix)) return [];
      const found =
        variable === undefined ? `this item would set the variable \`${name}\`` : `found \`${name}\``;
      return [
        problemAt(
          manifest,
          path,
          {
            found,
            allowed: keptByCodeBuild,
            remedy: variable === undefined ? "rename the item" : "choose another name",
          },
          variable === undefined ? "value" : "key",
        ),
      ];
    }),
]);

const keptByCodeBuild = `CodeBuild keeps variables that begin with \`${buildReservedPrefix}\` to itself`;

function homeProblem({ reference }: Use, { owner, parameter }: Item): ProblemWords | undefined {
  if (parameter?.home !== "security") return undefined;
  const place = formatPlace(placeOf(owner, ["parameters", reference.item, "home"]));
  return {
    found: `\`${reference.item}\` has \`home: security\` (${place})`,
    allowed: "ECS and CodeBuild inject parameters of their own account only",
    remedy: "remove `home` there, or list the item under `reads` and read it at run time",
  };
}

/** A password that rotation replaces in place is wrong in the copy from then on. */
function staleProblem({ manifest, reference }: Use, { secret }: Item): ProblemWords | undefined {
  const method = secret?.rotation?.method;
  if (method === undefined || !holdsPassword(reference.field)) return undefined;
  const isManaged = method === "rds-managed";
  if (!isManaged && databaseMethod(method)?.strategy !== "single-user") return undefined;
  const name = shown(reference, manifest.service);
  return {
    found: `the password of \`${name}\`${addressOf(reference.field)}, which rotates by \`${method}\`, is copied at start`,
    allowed: isManaged
      ? "such a copy stops working at the first rotation; a program that cannot read at run time needs a user of its own that rotates with alternating users"
      : "such a copy stops working at the first rotation",
    remedy: isManaged
      ? `list \`${name}\` under \`reads\` and read it at run time`
      : `list \`${name}\` under \`reads\` and read it at run time, or rotate it with alternating users`,
  };
}

/** Of a login, the whole value or one of these fields. */
function holdsPassword(field: string | undefined): boolean {
  return (
    field === undefined || field === "password" || (addressFieldNames as readonly string[]).includes(field)
  );
}

function addressOf(field: string | undefined): string {
  return field === undefined || field === "password" ? "" : ` in its \`${field}\``;
}

/** A copy that outlives two rotations would sign with a key that is published no more. */
function signingProblem(
  { manifest, consumer, kind, reference }: Use,
  { secret }: Item,
): ProblemWords | undefined {
  if (kind !== "ecs" || secret?.generated?.keyPair === undefined) return undefined;
  if (reference.field !== undefined && reference.field !== "privateKey") return undefined;
  if (plainAt(manifest, ["consumers", consumer, "rollout"]) !== undefined) return undefined;
  const name = shown(reference, manifest.service);
  return {
    found: `the key pair \`${name}\` is copied at start, and nothing restarts the task after a rotation`,
    allowed: "such a copy signs with a key that verifiers know no more after the second rotation",
    remedy: `list \`${name}\` under \`reads\` and read it at run time, or add \`rollout\``,
  };
}

/** Whether a partner still takes the credential of a copy, once there is a newer one, is the partner's to say. */
function outdatedProblem(
  { manifest, consumer, kind, reference }: Use,
  { secret }: Item,
): ProblemWords | undefined {
  const type = externalSecretTypes.find((one) => one === secret?.rotation?.type);
  if (kind !== "ecs" || secret?.rotation?.method !== "external" || type === undefined) return undefined;
  const changing = keptFields(type, secret.rotation.metadata ?? {}).filter(
    (field) => !fixedFields(type).includes(field),
  );
  if (reference.field !== undefined && !changing.includes(reference.field)) return undefined;
  if (plainAt(manifest, ["consumers", consumer, "rollout"]) !== undefined) return undefined;
  const name = shown(reference, manifest.service);
  return {
    found: `the credential \`${name}\` is copied at start, and nothing restarts the task after a rotation`,
    allowed: `such a copy holds what ${externalPartner(type).partner} had before`,
    remedy: `list \`${name}\` under \`reads\` and read it at run time, or add \`rollout\``,
  };
}

/** Alternating users change the user name with the password: copies must be of both. */
function splitProblem(
  { manifest, consumer, container, reference }: Use,
  { secret }: Item,
  uses: readonly Use[],
  context: Context,
): ProblemWords | undefined {
  const method = databaseMethod(secret?.rotation?.method);
  if (method?.strategy !== "alternating-users" || reference.field !== "password") return undefined;
  const item = resolve(context, reference);
  const hasUsername = uses.some(
    (other) =>
      other.consumer === consumer &&
      other.container === container &&
      other.variable !== undefined &&
      other.reference.item === reference.item &&
      resolve(context, other.reference)?.owner === item?.owner &&
      (other.reference.field === "username" || other.reference.field === undefined),
  );
  if (hasUsername) return undefined;
  const name = shown(reference, manifest.service);
  return {
    found: `\`${name}.password\` is injected without \`${name}.username\``,
    allowed: "with alternating users the name changes with the password",
    remedy: `inject \`${name}.username\` too`,
  };
}
