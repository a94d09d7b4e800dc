import { readFileSync } from "node:fs";
import { CloudTrailClient, paginateListPublicKeys, type PublicKey } from "@aws-sdk/client-cloudtrail";
import { itemsOf, withCalls } from "../../../aws/pages";
import { type DigestFile, publicKey, type PublicKeys } from "../../../model/archive/judgeDigests";
import type { Plan } from "../../../model/plan/types";
import { OperationError } from "../../operations/operationError";
import { openAuditorSession } from "../auditorSession";

/**
 * CloudTrail's keys of each region whose digests are there, for their time; any account is given the same.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListPublicKeys.html
 * @throws OperationError
 */
export async function askForKeys(
  plan: Plan,
  digests: readonly DigestFile[],
  show: (step: string) => void,
): Promise<PublicKeys> {
  const session = await openAuditorSession(plan);
  const regions = [...new Set(digests.flatMap(({ chain }) => [chain.region, chain.home]))].sort();
  const ends = digests.map(({ digest }) => digest.end.getTime());
  const range = { StartTime: new Date(least(ends)), EndTime: new Date(most(ends)) };
  const keys: PublicKey[] = [];
  for (const region of regions) {
    show(`asking for CloudTrail's public keys in ${region}`);
    const client = new CloudTrailClient({ ...session.client, region });
    const attempt = { action: "cloudtrail:ListPublicKeys", target: `CloudTrail in ${region}` };
    const asking = withCalls(client, (send) => session.call(attempt, send));
    keys.push(
      ...(await itemsOf(
        paginateListPublicKeys({ client: asking }, { ...range }),
        ({ PublicKeyList }) => PublicKeyList,
      )),
    );
  }
  return byFingerprint(keys.map(({ Fingerprint, Value }) => [Fingerprint, Value]));
}

/**
 * The same from files, as `aws cloudtrail list-public-keys` prints them.
 * @throws OperationError for a file that holds none
 */
export function keysOfFiles(files: readonly string[]): PublicKeys {
  return byFingerprint(
    files.flatMap((file) => {
      const { PublicKeyList } = read(file);
      if (!Array.isArray(PublicKeyList)) throw new OperationError(wrongFile(file));
      return (PublicKeyList as { Fingerprint?: unknown; Value?: unknown }[]).map(
        ({ Fingerprint, Value }): [string | undefined, Uint8Array | undefined] => {
          if (typeof Fingerprint !== "string" || typeof Value !== "string") {
            throw new OperationError(wrongFile(file));
          }
          return [Fingerprint, Buffer.from(Value, "base64")];
        },
      );
    }),
  );
}

function byFingerprint(keys: readonly (readonly [string | undefined, Uint8Array | undefined])[]): PublicKeys {
  return new Map(
    keys.flatMap(([fingerprint, value]) => {
      const key = value && publicKey(value);
      return fingerprint === undefined || key === undefined ? [] : [[fingerprint, key] as const];
    }),
  );
}

function read(file: string): { readonly PublicKeyList?: unknown } {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new OperationError(`${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return (JSON.parse(text) ?? {}) as { readonly PublicKeyList?: unknown };
  } catch {
    throw new OperationError(wrongFile(file));
  }
}

function wrongFile(file: string): string {
  return (
    `${file} holds no public keys of CloudTrail; it takes what ` +
    "aws cloudtrail list-public-keys --region REGION --start-time TIME --end-time TIME prints"
  );
}

/** Of more numbers than a call takes arguments. */
function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), -Infinity);
}
