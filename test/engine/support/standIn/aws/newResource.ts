import { createHash } from "node:crypto";
import type { Cloud } from "../cloud/cloud";
import type { Properties } from "../properties";
import { domainOf } from "./identity";
import type { AwsTarget } from "./target";

/** A resource in the making, with what tables need to give it an id and outputs. */
export class NewResource {
  constructor(
    readonly target: AwsTarget,
    readonly inputs: Properties,
    readonly cloud: Cloud,
    /** 1 for the first resource under this URN, 2 for the one that replaced it, and so on. */
    readonly serial: number,
  ) {}

  /** An input as text; empty if it is absent. */
  text(property: string): string {
    const value = this.inputs[property];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  }

  /** An ARN in the resource's account and region. */
  arn(service: string, resource: string): string {
    const { partition, region, account } = this.target;
    return `arn:${partition}:${service}:${region}:${account}:${resource}`;
  }

  /** An ARN of a service that has no regions. */
  globalArn(service: string, resource: string): string {
    const { partition, account } = this.target;
    return `arn:${partition}:${service}::${account}:${resource}`;
  }

  /** The domain that the partition's endpoints are under. */
  domain(): string {
    return domainOf(this.target.partition);
  }

  /** Hexadecimal digits that look random and are the same in every run. */
  hex(length: number, salt = ""): string {
    const { account, region, urn } = this.target;
    return createHash("sha512")
      .update([account, region, urn, this.serial, salt].join("|"))
      .digest("hex")
      .slice(0, length);
  }

  /** Letters and digits that look random and are the same in every run. */
  alphanumeric(length: number, salt = ""): string {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const digits = this.hex(2 * length, salt);
    return Array.from({ length }, (_, index) => {
      const byte = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16);
      return alphabet[byte % alphabet.length];
    }).join("");
  }

  uuid(salt = ""): string {
    return this.hex(32, salt).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");
  }

  /** When the resource was made, as AWS writes times. */
  createdAt(): string {
    return this.cloud.now().toISOString();
  }
}
