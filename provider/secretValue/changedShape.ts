import { isDeepStrictEqual } from "node:util";
import { type Connection, namesOfConnection } from "../../model/values/connectionFields";
import { formAsked, formTagValue } from "../../model/values/databaseForm";
import { formTag, unsetTag } from "../../model/values/tags";
import type { SecretShape } from "../../model/plan/types";
import { isSupplied } from "../../model/values/supplied";
import { markSecret, unmarkSecret } from "../aws/secretTags";
import type { PluginContext } from "../context";
import type { Properties } from "../protocol/properties";
import { presentSecret } from "./secret";

/** What a changed shape means for a value that is there, for the person at the terminal. */
export function changedShape(before: Properties, wanted: Properties): string {
  const name = secretName(wanted.secretId);
  if (formOf(wanted) === "external")
    return `the value stays as it is: Pulumi never writes over one; \`npx platform set ${name}\` supplies one with the partner's fields`;
  if (isConnectionAlone(before, wanted))
    return (
      "the value has other connection fields, such as `url`, with its next version only: Pulumi never writes over a value; " +
      `\`npx platform rotate ${name}\` makes one`
    );
  return formOf(wanted) === "database"
    ? "the value stays for the database, user and administrator it was written for: Pulumi never writes over a value, and " +
        `rotations copy these on. \`npx platform set ${name}\` supplies one for what the manifest says now; ` +
        "docs/operations.md says what comes before and after"
    : "the shape of the value changes with its next version only: Pulumi never writes over a value; " +
        `\`npx platform rotate ${name}\` makes one`;
}

/**
 * A login and a partner's credential come from outside and anything else is made here, so what is stored is unset once a
 * secret becomes one of these, and no longer unset once it stops being one. Whoever supplied the login before this has
 * noted its form.
 */
export async function markChangedOrigin(
  context: PluginContext,
  before: Properties,
  wanted: Properties,
): Promise<void> {
  const [was, becomes] = [formOf(before), formOf(wanted)];
  if (was === undefined || becomes === was || (!isFromOutside(was) && !isFromOutside(becomes))) return;
  const session = await context.session();
  const { arn, tags } = await presentSecret(session, String(wanted.secretId));
  if (!isFromOutside(becomes)) {
    const left = [unsetTag, formTag].filter((tag) => tag in tags);
    if (left.length > 0) await unmarkSecret(session, arn, ...left);
  } else if (isFromOutside(was) || !(formTag in tags)) {
    await markSecret(session, arn, { [unsetTag]: "true" });
  }
}

function isFromOutside(form: string | undefined): boolean {
  return isSupplied({ form: form as SecretShape["form"] });
}

/** Whether the login is as before, and only what is told beside it differs: a rotation makes that anew. */
function isConnectionAlone(before: Properties, wanted: Properties): boolean {
  if (formOf(before) !== "database" || formOf(wanted) !== "database") return false;
  if (!isDeepStrictEqual(before.masterArn, wanted.masterArn)) return false;
  const [was, is] = [before, wanted].map(({ shape }) => shape as Properties);
  return (
    !isDeepStrictEqual(was?.connection, is?.connection) &&
    isDeepStrictEqual({ ...was, connection: undefined }, { ...is, connection: undefined })
  );
}

/**
 * Notes beside a login that other connection fields are asked for from now on, which `platform status` tells until the
 * value is rotated or supplied again. Of a login that was never supplied there is nothing to tell.
 */
export async function noteAskedConnection(
  context: PluginContext,
  before: Properties,
  wanted: Properties,
  now: Date,
): Promise<void> {
  if (formOf(before) !== "database" || formOf(wanted) !== "database") return;
  const [was, is] = [before, wanted].map(({ shape }) => (shape as { connection?: Connection }).connection);
  if (is === undefined || namesOfConnection(is).length === 0 || isDeepStrictEqual(was, is)) return;
  const session = await context.session();
  const { arn, isUnset, form } = await presentSecret(session, String(wanted.secretId));
  if (isUnset || form === undefined) return;
  await markSecret(session, arn, { [formTag]: formTagValue(formAsked(form, now)) });
}

function formOf({ shape }: Properties): string | undefined {
  return (shape as { readonly form?: string } | undefined)?.form;
}

/** `orders/prod/database` of an ARN; what is not known yet is left to the reader. */
function secretName(secretId: unknown): string {
  return /:secret:(.+)-[A-Za-z0-9]{6}$/.exec(String(secretId))?.[1] ?? "SERVICE/ENV/SECRET";
}
