import { gunzipSync } from "node:zlib";
import type { Properties, Value } from "../../view/values";

/** The user data of an instance, launch template or launch configuration, by property. */
export function userDataOf(props: Properties): readonly (readonly [property: string, value: Value])[] {
  return ["userData", "userDataBase64"]
    .filter((property) => property in props)
    .map((property) => [property, props[property]] as const);
}

/**
 * Launch templates take base64, instances plain text or base64; whichever it is, its text. What cloud-init unpacks by itself
 * is unpacked: gzip, and parts of a MIME message in base64
 * (https://cloudinit.readthedocs.io/en/latest/explanation/format.html).
 */
export function decoded(text: string): string {
  const bytes = isBase64(text) ? Buffer.from(text, "base64") : undefined;
  return withParts(bytes === undefined ? text : unpacked(bytes));
}

function isBase64(text: string): boolean {
  return (
    !text.includes(" ") && /^(?:[A-Za-z0-9+/]+\r?\n?)+={0,2}\s*$/.test(text) && !/^[A-Za-z]+\s*$/.test(text)
  );
}

/** User data has at most 16 KB, so that what is far larger was made to be. */
const maximumUnpacked = 2 ** 20;

function unpacked(bytes: Buffer): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumUnpacked }).toString("utf8");
  } catch {
    return bytes.toString("utf8");
  }
}

/** A message with its parts that are in base64 read, behind it. */
function withParts(text: string): string {
  if (!/^content-transfer-encoding:\s*base64\s*$/im.test(text)) return text;
  const blocks = text
    .split(/\r?\n\r?\n|\r?\n--/)
    .map((block) => block.replace(/\s+/g, ""))
    .filter((block) => block.length >= 8 && /^[A-Za-z0-9+/]+={0,2}$/.test(block));
  return [text, ...blocks.map((block) => unpacked(Buffer.from(block, "base64")))].join("\n");
}

/** `NAME=value` and `export NAME="value"`, wherever a line begins so. */
export function* assignmentsIn(text: string): Iterable<readonly [name: string, value: string]> {
  for (const line of text.split("\n")) {
    const assignment = /^\s*(?:export\s+|-\s+|ENV\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*[=:]\s*(\S.*?)\s*$/.exec(
      line,
    );
    const [, name, written] = assignment ?? [];
    if (name === undefined || written === undefined) continue;
    yield [name, written.replace(/^(["'])(.*)\1$/, "$2")];
  }
}
