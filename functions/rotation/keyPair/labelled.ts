import { RotationError, triedAgain } from "../errors";
import { type SecretDescription, versionLabelled, type SecretVersions } from "../versions";
import type { Publication } from "./publication";

const labels = ["AWSCURRENT", "AWSPENDING", "AWSPREVIOUS"] as const;

/** How often labels may move meanwhile. */
const mostTries = 4;

/**
 * Publishes the keys of all versions with a label, and looks at the labels once more: Parameter Store takes no write on a
 * condition, so a call that was held up may have written over what a later rotation had published.
 */
export async function publishLabelled(versions: SecretVersions, publication: Publication): Promise<void> {
  let before = await versions.describe();
  for (let tries = 0; tries < mostTries; tries++) {
    const values: string[] = [];
    for (const label of labels) {
      const version = versionLabelled(before, label);
      const value = version === undefined ? undefined : await versions.readStored(label, version);
      if (value !== undefined) values.push(value);
    }
    await publication.publish(values);
    const after = await versions.describe();
    if (holders(after) === holders(before)) return;
    before = after;
  }
  throw new RotationError("the labels of the secret's versions keep moving", triedAgain);
}

function holders(secret: SecretDescription): string {
  return labels.map((label) => versionLabelled(secret, label) ?? "").join();
}
