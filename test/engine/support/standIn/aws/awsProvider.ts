import type { Cloud } from "../cloud/cloud";
import { installedVersion } from "../installedVersion";
import type { Properties } from "../properties";
import type { ConfiguredProvider, Provider } from "../provider";
import type { ResourceHandler, ResourceTarget } from "../resourceHandler";
import type { ResourceType } from "../resourceType";
import { autoname } from "./autonames";
import { defaultsOf } from "./defaults";
import { defaultTags, identityOf, type Identity } from "./identity";
import { ignoredTags, seen, seenOutputs, type IgnoredTags } from "./ignoredTags";
import { inputChecks } from "./inputChecks";
import { invoke } from "./invokes";
import { LedgerHandler } from "./ledgerHandler";
import { outputTable } from "./outputs";
import { fallback } from "./outputs/fallback";
import { recorded } from "./recorded";
import { replaceOn } from "./replaceOn";
import { sdkShape } from "./sdkShape";
import { inRegion, knownOutputs, type AwsTarget } from "./target";
import { asImported, asRefreshed } from "./unreadable";

/** Handlers that take the place of the ledger's, by type token. */
export type AwsHandlers = Record<string, ResourceHandler<AwsTarget>>;

/** Stand-in for the AWS provider: answers from tables, and from a ledger of what exists. */
export function awsProvider(cloud: Cloud, handlers: AwsHandlers = {}): Provider<AwsTarget> {
  return {
    name: "aws",
    version: installedVersion("@pulumi/aws"),
    replaceOn: ["region"],
    configure: (config) =>
      new ConfiguredAws(cloud, handlers, {
        ...identityOf(config, cloud.signedInAs ?? cloud.credentialsOf),
        defaultTags: defaultTags(config),
        ignoredTags: ignoredTags(config),
      }),
  };
}

/** What one configuration says of every resource. */
type Settings = Identity & { defaultTags: Properties; ignoredTags: IgnoredTags };

class ConfiguredAws implements ConfiguredProvider<AwsTarget> {
  private readonly types = new Map<string, ResourceType<AwsTarget>>();

  constructor(
    private readonly cloud: Cloud,
    private readonly handlers: AwsHandlers,
    private readonly settings: Settings,
  ) {}

  target(target: ResourceTarget): AwsTarget {
    return { ...target, ...this.settings };
  }

  resourceType(type: string): ResourceType<AwsTarget> {
    const known = this.types.get(type) ?? this.describe(type);
    this.types.set(type, known);
    return known;
  }

  invoke(token: string, args: Properties): Properties {
    return invoke(token, this.settings, args);
  }

  private describe(type: string): ResourceType<AwsTarget> {
    const shape = sdkShape(type);
    const row = outputTable[type] ?? fallback(type, shape.computed);
    return {
      handler: placed(this.handlerOf(type, row, shape.computed)),
      computed: [...shape.computed, ...(row.filledIn ?? [])],
      volatile: row.volatile ?? [],
      // The SDK marks what is secret itself.
      secrets: [],
      replaceOn: replaceOn(type),
      defaults: defaultsOf(type),
      autoname: autoname(type, shape),
      known: (target, inputs) => knownOutputs(target, inputs, shape.computed),
      check: (inputs) => inputChecks(type, inputs),
    };
  }

  private handlerOf(
    type: string,
    row: (typeof outputTable)[string],
    computed: string[],
  ): ResourceHandler<AwsTarget> {
    const custom = this.handlers[type];
    return custom === undefined
      ? new LedgerHandler(this.cloud, row, computed)
      : recorded(this.cloud, custom, computed);
  }
}

/** Sends every operation to the region that the resource names. */
function placed(handler: ResourceHandler<AwsTarget>): ResourceHandler<AwsTarget> {
  return {
    async create(target, inputs) {
      const { id, outputs } = await handler.create(inRegion(target, inputs["region"]), inputs);
      return { id, outputs: seenOutputs(target.ignoredTags, outputs) };
    },
    async read(target, id, state) {
      const found = await handler.read(inRegion(target, state.inputs["region"]), id, state);
      const isImport = Object.keys(state.outputs).length === 0;
      if (found === undefined) return undefined;
      const told = seen(target.ignoredTags, found);
      return isImport ? asImported(target.type, told) : asRefreshed(target.type, told, state);
    },
    async update(target, id, change) {
      const outputs = await handler.update(inRegion(target, change.inputs["region"]), id, change);
      return seenOutputs(target.ignoredTags, outputs);
    },
    delete: (target, id, state) => handler.delete(inRegion(target, state.inputs["region"]), id, state),
  };
}
