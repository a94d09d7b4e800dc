import { statSync } from "node:fs";

import { hopLimits } from "../../model/aws/instanceMetadata";
import { readManifestFiles } from "../../model/catalogue/reading/files";
import {
  projectFile,
  readSettingsFile,
  stackFileNames,
  stackOfFile,
} from "../../model/organisation/settingsFile";
import { consumerName, parameterName, publicKeysSuffix } from "../../model/plan/names";
import { openPart } from "../../model/yaml/openText";
import { parse } from "../../model/yaml/parse";
import { platformSettings, type StackFacts } from "./platformSettings";
import type { Settings, Share } from "./settings";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * What the files of a repository of this platform say to the rules, as `planSettings` says it of a Plan. The platform's own
 * readers read them, so that what is no settings file, manifest or YAML there is none here. Takes what is not there, or
 * cannot be read, for unsaid, and so a text that may stand for others: `platform check` is what judges the files.
 */
export function repositorySettings(root: string): Partial<Settings> {
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) return {};
  const { organizationId } = settingsIn(root, projectFile, "project");
  const manifests = manifestsIn(root);
  return platformSettings({
    organization: textOf(organizationId),
    stacks: stackFileNames(root).map((name) =>
      stackFacts(stackOfFile(name), settingsIn(root, name, "stack")),
    ),
    sharing: manifests.flatMap(sharing),
    publicParameters: manifests.flatMap(publicParameters),
    containerInstances: manifests.flatMap(containerInstances),
  });
}

function settingsIn(root: string, name: string, kind: "project" | "stack"): Mapping {
  return readSettingsFile(root, name, kind).file?.settings ?? {};
}

function manifestsIn(root: string): Mapping[] {
  return readManifestFiles({ root }).files.flatMap(({ file, text }) => {
    const { source, problems } = parse(file, text ?? "");
    return source === undefined || problems.length > 0 ? [] : [mapping(source.tree.plain)];
  });
}

function stackFacts(name: string, settings: Mapping): StackFacts {
  return {
    name,
    environment: textOf(settings["secrets-platform:environment"]),
    // `pulumi config set` puts `true` in quotes.
    production: [true, "true"].includes(settings["secrets-platform:production"] as boolean | string),
    analyzedElsewhere: settings["secrets-platform:accessAnalyzer"] === "existing",
  };
}

function sharing({ service, secrets, parameters }: Mapping): Share[] {
  const items = Object.entries({ ...mapping(secrets), ...mapping(parameters) });
  return items.flatMap(([item, settings]): Share[] => {
    const { shareWith } = mapping(settings);
    const keys = keyPairOf(settings);
    if (keys === undefined) return shareOf(service, item, shareWith);
    // Who may sign may verify as well.
    const verifiers = new Set([shareWith ?? [], keys["shareWith"] ?? []].flat());
    return [
      ...shareOf(service, item, shareWith),
      ...shareOf(service, `${item}${publicKeysSuffix}`, [...verifiers]),
    ];
  });
}

/** Of a secret whose public keys are published. */
function keyPairOf(settings: unknown): Mapping | undefined {
  const generated = mapping(mapping(settings)["generated"]);
  return typeof generated["keyPair"] === "string" ? generated : undefined;
}

function shareOf(service: unknown, item: string, readers: unknown): Share[] {
  if (!Array.isArray(readers) || readers.length === 0) return [];
  return [{ owner: textOf(service) ?? "", item, with: readers.map((reader) => textOf(reader) ?? "") }];
}

function publicParameters({ service, environments, secrets, parameters }: Mapping): string[] {
  const said = Object.entries(mapping(parameters)).flatMap(([name, settings]) =>
    typeof mapping(settings)["public"] === "string" ? [name] : [],
  );
  const published = Object.entries(mapping(secrets)).flatMap(([name, settings]) =>
    keyPairOf(settings) === undefined ? [] : [`${name}${publicKeysSuffix}`],
  );
  const names = [...said, ...published];
  return names.flatMap((name) =>
    textsOf(environments).map((place) => parameterName(textOf(service) ?? "", place, name)),
  );
}

function containerInstances({ service, environments, consumers }: Mapping): string[] {
  const names = Object.entries(mapping(consumers)).flatMap(([name, settings]) => {
    const { kind, instanceType, hopLimit } = mapping(settings);
    const isBuilt = kind === "ec2" && typeof instanceType === "string";
    return isBuilt && hopLimit === hopLimits.containers ? [name] : [];
  });
  return names.flatMap((name) =>
    textsOf(environments).map((place) => consumerName(textOf(service) ?? "", place, name)),
  );
}

function textsOf(values: unknown): string[] {
  return Array.isArray(values) ? values.flatMap((value) => textOf(value) ?? []) : [];
}

/** A text that stands for nothing but itself. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && openPart(value) === undefined ? value : undefined;
}

function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null ? (value as Mapping) : {};
}
