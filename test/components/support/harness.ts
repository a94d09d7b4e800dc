import assert from "node:assert/strict";
import { ComponentResource, Output, runtime } from "@pulumi/pulumi";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { withoutStackTraces } from "../../../startup/withoutStackTraces";
import { outputsOf } from "./outputs";
import { types } from "./types";

/** One resource as the program registered it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** Resolved; one that is not known yet is `unknown` of Pulumi. Policies are JSON texts, as AWS gets them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** False for a component. */
  readonly custom: boolean;
  /** Name of the parent; empty for the stack's own. */
  readonly parent: string;
  /** Own or inherited. */
  readonly protect: boolean;
  /** Names of all it waits for, by `dependsOn` or by an input. */
  readonly dependsOn: readonly string[];
  /** ID given by the `import` option; empty without. */
  readonly importId: string;
  readonly ignoreChanges: readonly string[];
  /** Of a replacement the old one goes first. */
  readonly deleteBeforeReplace: boolean;
  /** Whose change replaces it; undefined without. */
  readonly replacementTrigger: unknown;
  /** Name of the provider given by itself or its parents; empty for the default one. */
  readonly provider: string;
}

/** Result of one provider function, from its arguments. */
export type InvokeResults = Readonly<
  Record<string, (args: Record<string, unknown>) => Record<string, unknown>>
>;

export interface ProgramOptions {
  /**
   * Leave every output unknown that AWS makes up, as the first preview does.
   * @default false
   */
  readonly preview?: boolean;
  /**
   * Provider functions the program may call, by token.
   * @default none: any call fails
   */
  readonly invokes?: InvokeResults;
  /**
   * What components of plugins put out, by type: their children are made outside the program, where mocks see none.
   * @default nothing
   */
  readonly pluginComponents?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Recorded<T> {
  readonly result: T;
  /** In the order the program registered them. */
  readonly registrations: readonly Registration[];
  /** The one resource of this name; fails when there is none or several. */
  readonly named: (name: string) => Registration;
  /** `{type token} {name}` of every custom resource, sorted. */
  readonly created: readonly string[];
}

/** Runs a piece of a Pulumi program against mocks, waits until everything is registered, and gives what was. */
export function runProgram<T>(program: () => T, options: ProgramOptions = {}): Promise<Recorded<T>> {
  return withoutStackTraces(() => recorded(program, options));
}

async function recorded<T>(program: () => T, options: ProgramOptions): Promise<Recorded<T>> {
  const registrations: Registration[] = [];
  await runtime.setMocks(
    {
      newResource: ({ type, name, custom, ...request }) => {
        const inputs = request.inputs as Record<string, unknown>;
        if (options.preview === true) return { id: undefined, state: inputs };
        if (custom !== true)
          return { id: undefined, state: { ...inputs, ...options.pluginComponents?.[type] } };
        return { id: `${name}-id`, state: { ...inputs, ...outputsOf(type, name, inputs) } };
      },
      call: ({ token, inputs }) => {
        const invoke = options.invokes?.[token];
        if (invoke === undefined) throw new Error(`unexpected call of ${token}`);
        return invoke(inputs as Record<string, unknown>);
      },
    },
    "secrets-platform",
    "test",
    options.preview === true,
  );
  const exported = recordRequests(registrations);
  const result = program();
  await waitForRPCs();
  if (result instanceof ComponentResource) checkComponent(result, registrations, exported);
  return {
    result,
    registrations,
    named(name) {
      const found = registrations.filter((registration) => registration.name === name);
      if (found[0] === undefined || found.length > 1) {
        const names = registrations.map((registration) => registration.name).join(", ");
        throw new Error(`${found.length} resources are named ${name}; registered: ${names}`);
      }
      return found[0];
    },
    created: registrations
      .filter(({ custom }) => custom)
      .map(({ type, name }) => `${type} ${name}`)
      .sort(),
  };
}

/** Resolves once every registration has been answered, those that follow from answers included. */
const { waitForRPCs } = settings as unknown as { readonly waitForRPCs: () => Promise<void> };

/** The mocks are told neither options nor parents, so requests are read on their way to them. */
function recordRequests(registrations: Registration[]): ReadonlyMap<string, readonly string[]> {
  const monitor = settings.getMonitor() as unknown as {
    registerResource(request: RegisterResourceRequest, callback: unknown): Promise<void>;
    registerResourceOutputs(request: RegisterResourceOutputsRequest, callback: unknown): Promise<void>;
  };
  const exported = new Map<string, readonly string[]>();
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    const outputs = runtime.deserializeProperties(request.getOutputs() ?? new Struct()) as object;
    exported.set(resourceName(request.getUrn()), Object.keys(outputs));
    return registerOutputs(request, callback);
  };
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    registrations.push({
      type: request.getType(),
      name: request.getName(),
      inputs: runtime.deserializeProperties(request.getObject() ?? new Struct()),
      custom: request.getCustom(),
      parent: resourceName(request.getParent()),
      protect: request.getProtect() ?? false,
      dependsOn: request.getDependenciesList().map(resourceName).sort(),
      importId: request.getImportid(),
      ignoreChanges: request.getIgnorechangesList(),
      deleteBeforeReplace: request.getDeletebeforereplace(),
      replacementTrigger: request.getReplacementTrigger()?.toJavaScript(),
      provider: resourceName(request.getProvider()),
    });
    return register(request, callback);
  };
  return exported;
}

/** What holds for each component: its type is what it was, its children are under it, and it registers what it puts out. */
function checkComponent(
  component: ComponentResource,
  registrations: readonly Registration[],
  exported: ReadonlyMap<string, readonly string[]>,
): void {
  const kind = component.constructor.name;
  const own = registrations.find(({ type }) => type === types[kind]);
  assert.ok(own, `nothing has the type of ${kind}, ${types[kind]}`);
  const apart = registrations.filter(({ name, parent }) => parent === "" && name.startsWith(`${own.name}-`));
  assert.deepEqual(
    apart.map(({ name }) => name),
    [],
    `${kind} is no parent of these`,
  );
  const registered = exported.get(own.name);
  assert.ok(registered, `${kind} registers no outputs`);
  const outputs = Object.entries(component).flatMap(([key, value]) =>
    key !== "urn" && Output.isInstance(value) && !registered.includes(key) ? [key] : [],
  );
  assert.deepEqual(outputs, [], `${kind} does not register these`);
}

function resourceName(urn: string): string {
  return urn.split("::")[3] ?? "";
}
