import { randomUUID } from "node:crypto";
import { ServiceFault } from "./jsonService";

export interface StoredVersion {
  readonly id: string;
  value: string | undefined;
  readonly stages: Set<string>;
  /** Seconds of the epoch. */
  readonly created: number;
}

export interface StoredSecret {
  readonly arn: string;
  readonly name: string;
  readonly tags: Record<string, string>;
  readonly versions: StoredVersion[];
  rotationEnabled: boolean;
  rotationFunction: string | undefined;
}

/**
 * Named test double of Secrets Manager's versions and staging labels, which emulators get wrong (moto moves AWSCURRENT
 * to an empty version, and reads the wrong one after a label has moved). Rules from the API reference: a label is on
 * at most one version; a version's value never changes; who loses AWSCURRENT gets AWSPREVIOUS; a version without
 * labels is deprecated and hidden, not gone.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
export class Secrets {
  readonly #secrets: StoredSecret[] = [];

  constructor(readonly place = "eu-west-1:111111111111") {}

  create(name: string, value?: string, settings: Partial<StoredSecret> = {}): StoredSecret {
    const suffix = randomUUID().slice(0, 6);
    const secret: StoredSecret = {
      arn: `arn:aws:secretsmanager:${this.place}:secret:${name}-${suffix}`,
      name,
      tags: {},
      versions: [],
      rotationEnabled: true,
      rotationFunction: undefined,
      ...settings,
    };
    this.#secrets.push(secret);
    if (value !== undefined) this.put(secret, randomUUID(), value, ["AWSCURRENT"]);
    return secret;
  }

  /** By full ARN, ARN without its last seven characters, or name. */
  find(id: string): StoredSecret {
    const found = this.#secrets.find(({ arn, name }) => id === arn || id === name || id === arn.slice(0, -7));
    if (found !== undefined) return found;
    throw new ServiceFault("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  value(
    secret: StoredSecret,
    selector: { version?: string; stage?: string },
  ): StoredVersion & { value: string } {
    const { version, stage = version === undefined ? "AWSCURRENT" : undefined } = selector;
    const found = secret.versions.find(
      ({ id, stages }) =>
        (version === undefined || id === version) && (stage === undefined || stages.has(stage)),
    );
    if (found?.value !== undefined) return found as StoredVersion & { value: string };
    const wanted = version === undefined ? `staging label: ${stage}` : `VersionId: ${version}`;
    throw new ServiceFault(
      "ResourceNotFoundException",
      `Secrets Manager can't find the specified secret value for ${wanted}`,
    );
  }

  put(secret: StoredSecret, id: string, value: string | undefined, stages: readonly string[]): StoredVersion {
    let version = secret.versions.find((existing) => existing.id === id);
    if (version?.value !== undefined && version.value !== value) {
      throw new ServiceFault(
        "ResourceExistsException",
        "You can't modify an existing version, you can only create a new version.",
      );
    }
    if (version === undefined) {
      version = { id, value, stages: new Set(), created: this.#now() };
      secret.versions.push(version);
    }
    version.value = value;
    for (const stage of stages) this.#attach(secret, stage, version);
    return version;
  }

  move(secret: StoredSecret, stage: string, to: string | undefined, from: string | undefined): void {
    const holder = this.holder(secret, stage);
    if (holder !== undefined && from !== holder.id) {
      throw new ServiceFault(
        "InvalidParameterException",
        `The parameter RemoveFromVersionId must be the version staging label ${stage} is attached to, ${holder.id}.`,
      );
    }
    if (holder === undefined && from !== undefined) {
      throw new ServiceFault(
        "InvalidParameterException",
        `Staging label ${stage} is not attached to ${from}.`,
      );
    }
    if (to === undefined) {
      if (stage === "AWSCURRENT") {
        throw new ServiceFault("InvalidParameterException", "You can only move staging label AWSCURRENT.");
      }
      holder?.stages.delete(stage);
      return;
    }
    const target = secret.versions.find(({ id }) => id === to);
    if (target === undefined)
      throw new ServiceFault("ResourceNotFoundException", `There is no version ${to}.`);
    this.#attach(secret, stage, target);
  }

  holder(secret: StoredSecret, stage: string): StoredVersion | undefined {
    return secret.versions.find(({ stages }) => stages.has(stage));
  }

  #attach(secret: StoredSecret, stage: string, target: StoredVersion): void {
    const holder = this.holder(secret, stage);
    if (holder === target) return;
    holder?.stages.delete(stage);
    target.stages.add(stage);
    if (stage === "AWSCURRENT" && holder !== undefined) this.#attach(secret, "AWSPREVIOUS", holder);
    if (stage === "AWSCURRENT") target.stages.delete("AWSPREVIOUS");
  }

  #lastCreated = 0;

  /** Strictly rising, since versions are ordered by it. */
  #now(): number {
    this.#lastCreated = Math.max(Date.now() / 1000, this.#lastCreated + 0.001);
    return this.#lastCreated;
  }
}
