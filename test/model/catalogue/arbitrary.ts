import fc from "fast-check";
import { stringify } from "yaml";
import { makeConsumers, type Readable } from "./arbitraryConsumers";
import { type MadeItems, makeItems } from "./arbitraryItems";
import { defined, type Draw, freshName, harmlessText, maybe, pick, usableForService } from "./arbitraryNames";

/** Manifests as plain data, by service name. */
export type ManifestData = Readonly<Record<string, object>>;

/**
 * One to four services with every kind of item and consumer, reading each other's where that is allowed; always valid
 * in the sample organisation (`surroundings` of ./support), environments `staging` and `prod`.
 */
export function manifestData(): fc.Arbitrary<ManifestData> {
  return fc.gen().map(makeManifests);
}

/** The same as YAML, by service name. */
export function manifestTexts(): fc.Arbitrary<Readonly<Record<string, string>>> {
  return manifestData().map((data) =>
    Object.fromEntries(Object.entries(data).map(([name, manifest]) => [name, stringify(manifest)])),
  );
}

interface MadeService extends MadeItems {
  readonly name: string;
  readonly environments: readonly string[];
}

function makeManifests(draw: Draw): ManifestData {
  const taken = new Set<string>();
  const count = draw(fc.integer, { min: 1, max: 4 });
  const names = Array.from({ length: count }, () => freshName(draw, taken, usableForService));
  const services: MadeService[] = [];
  for (const [number, name] of names.entries()) {
    const environments = pick(draw, [["staging", "prod"], ["prod", "staging"], ["prod"]]);
    const others = names.filter((other) => other !== name);
    const administrators = services.flatMap((made) => made.administrators);
    services.push({
      ...{ name, environments },
      ...makeItems(draw, { name, number, environments, others, administrators }),
    });
  }
  return Object.fromEntries(services.map((service) => [service.name, makeManifest(draw, service, services)]));
}

function makeManifest(draw: Draw, service: MadeService, services: readonly MadeService[]): object {
  const { name, environments, secrets, parameters } = service;
  const consumers = makeConsumers(draw, environments, readableBy(service, services));
  const groups = { secrets, parameters, consumers };
  const filled = Object.fromEntries(
    Object.entries(groups).filter(([, group]) => Object.keys(group).length > 0),
  );
  return defined({
    service: name,
    owner: `${name}@example.com`,
    description: harmlessText(draw),
    environments,
    key: maybe(draw, () => "own"),
    retire: maybe(draw, () => draw(fc.boolean)),
    ...(Object.keys(filled).length > 0 ? filled : { consumers: { idle: { kind: "lambda" } } }),
  });
}

/** Its own items, and those that others share and that exist in all of its environments. */
function readableBy(service: MadeService, services: readonly MadeService[]): readonly Readable[] {
  const shared = services.flatMap((owner) =>
    owner !== service && service.environments.every((name) => owner.environments.includes(name))
      ? owner.items
          .filter(({ shareWith }) => shareWith.includes(service.name))
          .map(({ name, injectable }) => ({ name: `${owner.name}/${name}`, injectable }))
      : [],
  );
  return [...service.items, ...shared];
}
