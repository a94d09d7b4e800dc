import { isObject, type Properties } from "../properties";

export type SubnetKind = "Public" | "Private" | "Isolated";

/** A subnet to make. */
export interface PlannedSubnet {
  kind: SubnetKind;
  name: string;
  zone: string;
  /** Number of the zone, from 1. */
  zoneNumber: number;
  cidrBlock: string;
}

const defaultSpecs: Properties[] = [{ type: "Private" }, { type: "Public" }];

/** What a program can say about the division of a VPC. */
export interface SubnetWishes {
  /** Name of the component. */
  vpc: string;
  cidrBlock: string;
  zones: readonly string[];
  /** `availabilityZoneCidrMask`: bits of a zone's mask, if given. */
  zoneMask: unknown;
  /** `subnetSpecs`, if given. */
  specs: unknown;
}

/**
 * Divides a VPC evenly between its zones, and each zone between its subnets, as awsx does without further wishes; of
 * those it honours `availabilityZoneCidrMask`, and `name`, `cidrMask` and `cidrBlocks` of a spec.
 */
export function planSubnets({
  vpc,
  cidrBlock,
  zones,
  zoneMask: givenMask,
  specs,
}: SubnetWishes): PlannedSubnet[] {
  const wanted = Array.isArray(specs) ? specs.filter(isObject) : defaultSpecs;
  const kept = wanted.filter((spec) => spec["type"] !== "Unused");
  const range = parse(cidrBlock);
  const zoneMask = typeof givenMask === "number" ? givenMask : range.mask + bitsFor(zones.length);
  return zones.flatMap((zone, index) => {
    const start = range.start + index * sizeOf(zoneMask);
    const evenMask = zoneMask + bitsFor(kept.length);
    let next = start;
    return kept.map((spec) => {
      const mask = typeof spec["cidrMask"] === "number" ? spec["cidrMask"] : evenMask;
      const block = Math.ceil(next / sizeOf(mask)) * sizeOf(mask);
      next = block + sizeOf(mask);
      const given: unknown = Array.isArray(spec["cidrBlocks"]) ? spec["cidrBlocks"][index] : undefined;
      const kind = spec["type"] as SubnetKind;
      const label = typeof spec["name"] === "string" ? spec["name"] : kind.toLowerCase();
      return {
        kind,
        name: `${vpc}-${label}-${index + 1}`,
        zone,
        zoneNumber: index + 1,
        cidrBlock: typeof given === "string" ? given : `${dotted(block)}/${mask}`,
      };
    });
  });
}

function bitsFor(parts: number): number {
  return Math.ceil(Math.log2(Math.max(parts, 1)));
}

function sizeOf(mask: number): number {
  return 2 ** (32 - mask);
}

function parse(cidrBlock: string): { start: number; mask: number } {
  const [address = "", mask] = cidrBlock.split("/");
  return { start: address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0), mask: Number(mask) };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
