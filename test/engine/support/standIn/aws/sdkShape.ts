import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What the Node.js SDK of a provider says about one resource type. */
export interface SdkShape {
  /** Outputs that are not inputs as well: no preview of a creation can know them. */
  computed: string[];
  /** Inputs that the type takes. */
  inputs: string[];
}

const shapes = new Map<string, SdkShape>();

/**
 * Reads the shape of a type from the generated source of `@pulumi/aws`, whose constructors mark every output that is
 * no input.
 * @throws if the SDK has no such type
 */
export function sdkShape(type: string): SdkShape {
  const known = shapes.get(type);
  if (known !== undefined) return known;
  const source = constructorSource(type);
  const shape: SdkShape = {
    computed: [...source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(
      (match) => match[1] ?? "",
    ),
    inputs: [...source.matchAll(/resourceInputs\["(\w+)"\] = .*args\?\.\w+/g)].map((match) => match[1] ?? ""),
  };
  shapes.set(type, shape);
  return shape;
}

function constructorSource(type: string): string {
  const module = /^aws:([\w/]+):\w+$/.exec(type)?.[1];
  const root = dirname(require.resolve("@pulumi/aws/package.json"));
  const place = module?.startsWith("index/") ? module.slice("index/".length) : module;
  try {
    return readFileSync(join(root, `${place}.js`), "utf8");
  } catch {
    throw new Error(`the AWS provider has no resource type ${type}`);
  }
}
