import { type TextRule } from "../../model/aws/textRules";
import { check, checkText, checkWholeNumber, type ArgumentProblem } from "../validation";

/** IPv4 addresses of a network, and how they are divided. */
export interface NetworkShape {
  /** Range in CIDR notation, /16 to /24. */
  readonly cidr: string;
  /** 2 to 4. */
  readonly availabilityZones: number;
  /** NAT gateways: none (endpoints only), one, or one a zone. */
  readonly nat: "none" | "single" | "per-zone";
}

/** A quarter of the range for each zone, used or not: so another zone later moves no subnet. */
export function zoneMask(cidr: string): number {
  return maskOf(cidr) + 2;
}

/**
 * Half of a zone for its private subnet, and a quarter for the public one, which is only there to hold a NAT gateway
 * and comes second: so gateways can come and go without moving what runs.
 */
export function subnetSpecs({ cidr, nat }: NetworkShape): SubnetSpec[] {
  const privateSubnet: SubnetSpec = { type: "Private", cidrMask: maskOf(cidr) + 3 };
  return nat === "none" ? [privateSubnet] : [privateSubnet, { type: "Public", cidrMask: maskOf(cidr) + 4 }];
}

export interface SubnetSpec {
  readonly type: "Private" | "Public";
  readonly cidrMask: number;
}

function maskOf(cidr: string): number {
  return Number(cidr.split("/")[1]);
}

const ranges: TextRule = {
  pattern: /^(\d{1,3}\.){3}\d{1,3}\/(1[6-9]|2[0-4])$/,
  allowed:
    "an IPv4 range of /16 to /24 in CIDR notation is allowed, as smaller ones cannot be divided among four zones",
  remedy: "choose one such as 10.20.0.0/16",
};

export function checkNetworkShape({ cidr, availabilityZones, nat }: NetworkShape): ArgumentProblem[] {
  const wellFormed = ranges.pattern.test(cidr);
  return [
    ...checkText("cidr", cidr, ranges),
    ...check(!wellFormed || isFirstAddress(cidr), "cidr", {
      found: `"${cidr}" was found`,
      allowed: "the address is the range's first, each number of it at most 255",
      remedy: "set the bits behind the mask to zero",
    }),
    ...checkWholeNumber("availabilityZones", availabilityZones, { from: 2, to: 4, unit: "zones" }),
    ...check(["none", "single", "per-zone"].includes(nat), "nat", {
      found: `${nat} was found`,
      allowed: "none, single and per-zone are allowed",
      remedy: "choose one of them",
    }),
  ];
}

function isFirstAddress(cidr: string): boolean {
  const [address = ""] = cidr.split("/");
  const numbers = address.split(".").map(Number);
  const value = numbers.reduce((whole, number) => whole * 256 + number, 0);
  return numbers.every((number) => number <= 255) && value % 2 ** (32 - maskOf(cidr)) === 0;
}
