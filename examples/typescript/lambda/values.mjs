// @ts-check
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

const maxAgeMilliseconds = 5 * 60 * 1000;

/**
 * @typedef {object} Sources
 * @property {Pick<SecretsManagerClient, "send">} [secrets]
 * @property {Pick<SSMClient, "send">} [parameters]
 * @property {() => number} [now] milliseconds
 */

/**
 * Reads secrets and parameters by their ARNs with the function's own role, and keeps each for five minutes: a value
 * that was rotated in between is seen after that, or at once by asking for it again.
 */
export class Values {
  #secrets;
  #parameters;
  #now;
  /** @type {Map<string, { value: Promise<string>, readAt: number }>} */
  #kept = new Map();

  /** @param {Sources} [sources] */
  constructor({ secrets = new SecretsManagerClient(), parameters = new SSMClient(), now = Date.now } = {}) {
    this.#secrets = secrets;
    this.#parameters = parameters;
    this.#now = now;
  }

  /**
   * @param {string} item as the manifest's `reads` names it
   * @param {{ fresh?: boolean }} [options] `fresh` passes over what is kept
   * @returns {Promise<string>}
   */
  get(item, { fresh = false } = {}) {
    const arn = arnOf(item);
    const kept = this.#kept.get(arn);
    if (kept !== undefined && !fresh && this.#now() - kept.readAt < maxAgeMilliseconds) return kept.value;
    const value = this.#read(item, arn);
    this.#kept.set(arn, { value, readAt: this.#now() });
    // A failure is not kept, nor does the old value serve in its place: what was revoked stays revoked.
    value.catch(() => {
      if (this.#kept.get(arn)?.value === value) this.#kept.delete(arn);
    });
    return value;
  }

  /**
   * The secret as it was before its last rotation, for what was signed or encrypted with it and is still under way.
   *
   * @param {string} item
   * @returns {Promise<string>}
   */
  previous(item) {
    return this.#read(item, arnOf(item), "AWSPREVIOUS");
  }

  /**
   * @param {string} item
   * @param {string} arn
   * @param {string} [VersionStage]
   * @returns {Promise<string>}
   */
  async #read(item, arn, VersionStage) {
    try {
      if (arn.split(":")[2] === "secretsmanager") {
        const command = new GetSecretValueCommand({ SecretId: arn, ...(VersionStage && { VersionStage }) });
        return text((await this.#secrets.send(command)).SecretString);
      }
      const command = new GetParameterCommand({ Name: arn, WithDecryption: true });
      return text((await this.#parameters.send(command)).Parameter?.Value);
    } catch (cause) {
      throw new Error(`${item} could not be read`, { cause });
    }
  }
}

/** @param {string} item */
function arnOf(item) {
  const variable = `${item.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_ARN`;
  const arn = process.env[variable];
  if (!arn)
    throw new Error(`${variable} is not set; add ${item} to the consumer's \`reads\` in its manifest`);
  return arn;
}

/** @param {string | undefined} value */
function text(value) {
  if (value === undefined) throw new Error("AWS returned no text");
  return value;
}
