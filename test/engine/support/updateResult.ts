import type { EngineEvent, StepMetadata } from "./engineEvents";

/** What a preview, update, refresh or destroy did, and all it said. */
export interface UpdateResult {
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
  events: EngineEvent[];
  changes: Changes;
  diagnostics: Diagnostic[];
  policyViolations: PolicyViolation[];
  /** Wall-clock time of the command. */
  seconds: number;
}

/** URNs by what was done, or in a preview would be done, to them. */
export interface Changes {
  create: string[];
  update: ChangedResource[];
  replace: ChangedResource[];
  delete: string[];
  import: string[];
  read: string[];
  /** Resources left as they are. */
  same: number;
}

export interface ChangedResource {
  urn: string;
  /** Kind of change by property path: `add`, `update-replace` and so on. */
  diffs: Record<string, string>;
}

export interface Diagnostic {
  severity: string;
  message: string;
  urn: string | undefined;
}

export interface PolicyViolation {
  policy: string;
  pack: string;
  level: string;
  urn: string | undefined;
  message: string;
}

/** Providers that the engine makes by itself; the CLI does not count them either. */
const defaultProvider = /::pulumi:providers:[^:]+::default(_|$)/;

/** Sorts the finished steps by what they did; sorted by URN, since the engine works in parallel. */
export function changesOf(events: readonly EngineEvent[]): Changes {
  const steps = events
    .flatMap(({ resOutputsEvent }) => (resOutputsEvent ? [resOutputsEvent.metadata] : []))
    .filter(({ urn }) => !defaultProvider.test(urn));
  const urns = (op: string) =>
    [...new Set(steps.filter((step) => step.op === op).map(({ urn }) => urn))].sort();
  return {
    create: urns("create"),
    update: changed(steps, "update"),
    replace: changed(steps, "create-replacement"),
    delete: urns("delete"),
    import: urns("import"),
    read: urns("read"),
    same: urns("same").length,
  };
}

export function diagnosticsOf(events: readonly EngineEvent[]): Diagnostic[] {
  return events.flatMap(({ diagnosticEvent: event }) =>
    event ? [{ severity: event.severity, message: plain(event.message), urn: event.urn }] : [],
  );
}

export function violationsOf(events: readonly EngineEvent[]): PolicyViolation[] {
  return events.flatMap(({ policyEvent: event }) =>
    event
      ? [
          {
            policy: event.policyName,
            pack: event.policyPackName,
            level: event.enforcementLevel,
            urn: event.resourceUrn,
            message: plain(event.message),
          },
        ]
      : [],
  );
}

function changed(steps: readonly StepMetadata[], op: string): ChangedResource[] {
  return steps
    .filter((step) => step.op === op)
    .map(({ urn, detailedDiff }) => ({
      urn,
      diffs: Object.fromEntries(
        Object.entries(detailedDiff ?? {}).map(([path, { diffKind }]) => [path, diffKind]),
      ),
    }))
    .sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

/** Messages carry colours as tags: `<{%reset%}>`. */
function plain(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "").trim();
}
