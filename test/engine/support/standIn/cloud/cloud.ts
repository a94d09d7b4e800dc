import type { Properties } from "../properties";
import { awsError } from "./awsError";

/** Something that exists in the stand-in cloud. */
export interface CloudResource {
  /** Type token, such as `aws:kms/key:Key`. */
  type: string;
  account: string;
  region: string;
  id: string;
  urn: string;
  inputs: Properties;
  outputs: Properties;
  /** Set while the resource waits for its deletion, when it can still be restored. */
  deletionDate?: Date;
}

/** Which resources to look for; what is left out matches anything. */
export interface CloudQuery {
  type?: string;
  account?: string;
  region?: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const secretType = "aws:secretsmanager/secret:Secret";

/**
 * What the stand-in providers have made, in every account. It lives in the test process and outlives the runs of the
 * CLI, so that a test can look at what exists, change it behind Pulumi's back, or let days pass.
 */
export class Cloud {
  /** The account that the credentials in use belong to; undefined: the one that a stack's configuration allows. */
  signedInAs: string | undefined;
  /** The account that the stack in hand allows, whose credentials all its providers have; undefined: it allows any. */
  credentialsOf: string | undefined;
  private readonly resources = new Map<string, CloudResource>();
  private readonly serials = new Map<string, number>();
  private passedMs = 0;

  /** The time in the cloud: the machine's, plus the days that passed. */
  now(): Date {
    return new Date(Date.now() + this.passedMs);
  }

  /** Lets days pass at once; recovery windows that end meanwhile take their resources with them. */
  passDays(days: number): void {
    this.passedMs += days * dayMs;
    for (const [key, resource] of this.resources) {
      if (resource.deletionDate !== undefined && resource.deletionDate <= this.now())
        this.resources.delete(key);
    }
  }

  /** What exists, without what waits for its deletion. */
  list(query: CloudQuery = {}): CloudResource[] {
    return this.matching(query).filter((resource) => resource.deletionDate === undefined);
  }

  /** What waits for its deletion. */
  pendingDeletion(query: CloudQuery = {}): CloudResource[] {
    return this.matching(query).filter((resource) => resource.deletionDate !== undefined);
  }

  /** The one resource of this id, waiting for its deletion or not. */
  find(type: string, account: string, region: string, id: string): CloudResource | undefined {
    return this.resources.get(key({ type, account, region, id }));
  }

  put(resource: CloudResource): void {
    this.resources.set(key(resource), resource);
  }

  remove(resource: CloudResource): void {
    this.resources.delete(key(resource));
  }

  /** Starts the recovery window of a resource, in days. */
  scheduleDeletion(resource: CloudResource, windowInDays: number): void {
    this.put({ ...resource, deletionDate: new Date(this.now().getTime() + windowInDays * dayMs) });
  }

  /**
   * Takes a secret out of its recovery window, as `aws secretsmanager restore-secret` does.
   * @throws an error of AWS's if no account, or not the given one, has such a secret
   */
  restoreSecret(name: string, query: Omit<CloudQuery, "type"> = {}): CloudResource {
    const found = this.matching({ ...query, type: secretType }).find(
      ({ outputs }) => outputs["name"] === name,
    );
    if (found === undefined) {
      throw awsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    const restored = { ...found };
    delete restored.deletionDate;
    this.put(restored);
    return restored;
  }

  /** How often this was asked for the key, from 1; tells a resource from its predecessor of the same name. */
  nextSerial(serialKey: string): number {
    const serial = (this.serials.get(serialKey) ?? 0) + 1;
    this.serials.set(serialKey, serial);
    return serial;
  }

  /** Empties every account. */
  clear(): void {
    this.resources.clear();
  }

  private matching(query: CloudQuery): CloudResource[] {
    return [...this.resources.values()].filter((resource) =>
      (["type", "account", "region"] as const).every(
        (field) => (query[field] ?? resource[field]) === resource[field],
      ),
    );
  }
}

function key({
  type,
  account,
  region,
  id,
}: Pick<CloudResource, "type" | "account" | "region" | "id">): string {
  return [type, account, region, id].join("|");
}
