import { type AcceptedManifest, entriesOf, placeOf } from "../reading/manifest";
import { normaliseConsumer } from "./consumer";
import { normaliseParameter } from "./parameter";
import { publicKeys } from "./publicKeys";
import { parseReference } from "./reference";
import { normaliseSecret } from "./secret";
import type { ServiceOutput } from "../schema/service";
import type { Catalogue, Service } from "../types";

/** Turns manifests in which nothing is wrong into a catalogue, with every default filled in. */
export function normalise(manifests: readonly AcceptedManifest[]): Catalogue {
  const injected = injectedItems(manifests);
  const services = manifests.map((manifest): Service => {
    const { accepted } = manifest;
    const retire = accepted.retire ?? false;
    const secrets = entriesOf(accepted.secrets).map(([name, secret]) =>
      normaliseSecret(manifest, { name, secret, retire }),
    );
    return {
      name: accepted.service,
      owner: accepted.owner,
      description: accepted.description.trim(),
      environments: accepted.environments,
      ownKey: accepted.key === "own",
      retire,
      secrets,
      parameters: [
        ...entriesOf(accepted.parameters).map(([name, parameter]) => {
          const isInjected = injected.has(`${accepted.service}/${name}`);
          return normaliseParameter(manifest, { name, parameter, retire, isInjected });
        }),
        ...secrets.flatMap(publicKeys),
      ],
      consumers: entriesOf(accepted.consumers).map(([name, consumer]) =>
        normaliseConsumer(manifest, name, consumer),
      ),
      at: placeOf(manifest, ["service"]),
    };
  });
  return { services: services.sort((one, other) => (one.name < other.name ? -1 : 1)) };
}

/** `service/item` of everything that ECS or CodeBuild puts into an environment variable. */
function injectedItems(manifests: readonly AcceptedManifest[]): ReadonlySet<string> {
  const references = manifests.flatMap(({ accepted }) =>
    entriesOf(accepted.consumers).flatMap(([, consumer]) =>
      "environment" in consumer
        ? environmentsOf(consumer).map((text) => parseReference(text, accepted.service))
        : [],
    ),
  );
  return new Set(references.map(({ service, item }) => `${service}/${item}`));
}

type Injecting = Extract<NonNullable<ServiceOutput["consumers"]>[string], { kind: "ecs" | "codebuild" }>;

/** What is injected into a consumer, whichever container of its task. */
function environmentsOf(consumer: Injecting): readonly string[] {
  const others = consumer.kind === "ecs" ? entriesOf(consumer.containers).map(([, own]) => own) : [];
  return [consumer, ...others].flatMap(({ environment }) => Object.values(environment ?? {}));
}
