import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

import { readRegularFile } from "../../model/repository/regularFile";
import { withUsual, type Settings, type Share } from "./settings";

type Mapping = Readonly<Record<string, unknown>>;

/**
 * What a repository of this platform says to the rules: its organisation, what its environments are and which are
 * production, which items owners share, what the permissions boundaries are called, which accounts something else analyses,
 * and which parameters are said to be public. Reads only those keys, and takes what is not there, or cannot be read, for
 * unsaid: `platform check` is what judges the files.
 */
export function repositorySettings(root: string): Partial<Settings> {
  const project = readMapping(path.join(root, "Pulumi.yaml"));
  const organization = mapping(mapping(project["config"])["organizationId"])["value"];
  const environments = environmentsOf(root, textOf(project["name"]));
  const production = environments.filter((one) => one.production);
  return {
    ...(typeof organization === "string" ? { organization } : {}),
    ...(production.length > 0 ? { production: production.map(({ name }) => name) } : {}),
    ...(environments.length > 0 ? { environments: withUsual(environments.map(({ name }) => name)) } : {}),
    sharing: sharing(path.join(root, "services")),
    // As the platform names them (model/plan/names.ts), whose code is not there where the pack is used elsewhere.
    boundaries: environments.map(({ name }) => `/platform/services-boundary-${name}`),
    analyzedElsewhere: analyzedElsewhere(root, textOf(project["name"])),
    publicParameters: publicParameters(path.join(root, "services")),
  };
}

interface Environment {
  readonly name: string;
  readonly production: boolean;
}

function environmentsOf(root: string, project: string): Environment[] {
  return filesIn(root, stackFiles).flatMap((file) => {
    const config = mapping(readMapping(file)["config"]);
    const name = config[`${project}:environment`];
    // `pulumi config set` puts `true` in quotes.
    const production = textOf(config[`${project}:production`]) === "true";
    return typeof name === "string" ? [{ name, production }] : [];
  });
}

/** Names of stacks, by their files. */
function analyzedElsewhere(root: string, project: string): string[] {
  return filesIn(root, stackFiles).flatMap((file) => {
    const config = mapping(readMapping(file)["config"]);
    const [, name = ""] = stackFiles.exec(path.basename(file)) ?? [];
    return config[`${project}:accessAnalyzer`] === "existing" ? [name] : [];
  });
}

/** As the platform reads them, which leaves files with a second dot in front to others. */
const stackFiles = /^Pulumi\.([^.].*)\.yaml$/;

/** Without hidden files, which are no manifests. */
const manifests = /^[^.].*\.yaml$/;

function sharing(services: string): Share[] {
  return filesIn(services, manifests).flatMap((file) => {
    const manifest = readMapping(file);
    const items = { ...mapping(manifest["secrets"]), ...mapping(manifest["parameters"]) };
    return Object.entries(items).flatMap(([item, settings]): Share[] => {
      const readers = mapping(settings)["shareWith"];
      return Array.isArray(readers)
        ? [{ owner: textOf(manifest["service"]), item, with: readers.map(textOf) }]
        : [];
    });
  });
}

function publicParameters(services: string): string[] {
  return filesIn(services, manifests).flatMap((file) => {
    const { service, environments, parameters } = readMapping(file);
    const names = Object.entries(mapping(parameters)).flatMap(([name, settings]) =>
      typeof mapping(settings)["public"] === "string" ? [name] : [],
    );
    const places = Array.isArray(environments) ? environments.map(textOf) : [];
    return names.flatMap((name) => places.map((environment) => `/${textOf(service)}/${environment}/${name}`));
  });
}

function filesIn(directory: string, names: RegExp): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => names.test(name))
    .sort()
    .map((name) => path.join(directory, name));
}

/** Whoever may open a pull request writes these files; one that is no regular file is not opened. */
const maximumBytes = 2 ** 20;

function readMapping(file: string): Mapping {
  const content = readRegularFile(file, maximumBytes);
  if ("reason" in content) return {};
  try {
    return mapping(parse(content.bytes.toString("utf8"), { logLevel: "silent" }));
  } catch {
    return {};
  }
}

/** A map has no text, and one that names `toString` may have none on purpose. */
function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null ? (value as Mapping) : {};
}
