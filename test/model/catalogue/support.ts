import { join } from "node:path";
import { type LoadResult, loadCatalogue } from "../../../model/catalogue/load";
import type { Surroundings } from "../../../model/catalogue/options";
import type { Catalogue } from "../../../model/catalogue/types";
import { formatProblem } from "../../../model/yaml/problem";

export const root = join(__dirname, "..", "..", "..");

/** The sample organisation, with a third environment that has no network to databases. */
export const surroundings: Surroundings = {
  partition: "aws",
  region: "eu-west-1",
  environments: [
    { name: "staging", account: "222222222222", securityAccount: "111111111111", hasRotationNetwork: true },
    { name: "prod", account: "333333333333", securityAccount: "111111111111", hasRotationNetwork: true },
    { name: "sandbox", account: "444444444444", securityAccount: "111111111111", hasRotationNetwork: false },
  ],
};

/** Loads manifests by service name, as if they stood in `services`. */
export function load(manifests: Readonly<Record<string, string | Uint8Array>>): LoadResult {
  const files = Object.fromEntries(Object.entries(manifests).map(([name, text]) => [`${name}.yaml`, text]));
  return loadCatalogue({ ...surroundings, root, files });
}

/** Loads manifests that must be right. */
export function loadValid(manifests: Readonly<Record<string, string | Uint8Array>>): Catalogue {
  const { catalogue, problems } = load(manifests);
  if (catalogue === undefined) throw new Error(problems.map(formatProblem).join("\n"));
  return catalogue;
}

/** The lines of problems, as people see them. */
export function lines(result: LoadResult): readonly string[] {
  return result.problems.map(formatProblem);
}

/** A manifest of the service `orders` with the part given. */
export function orders(rest: string): string {
  return [
    "service: orders",
    "owner: orders-team@example.com",
    "description: Takes orders",
    "environments: [staging, prod]",
    rest,
  ].join("\n");
}
