/** The events of the engine that tests look at, as the CLI logs them (sdk/go/common/apitype of pulumi/pulumi). */
export interface EngineEvent {
  sequence: number;
  diagnosticEvent?: DiagnosticEvent;
  resourcePreEvent?: { metadata: StepMetadata };
  resOutputsEvent?: { metadata: StepMetadata };
  resOpFailedEvent?: { metadata: StepMetadata };
  policyEvent?: PolicyEvent;
  summaryEvent?: { resourceChanges: Record<string, number>; result: string };
}

export interface DiagnosticEvent {
  urn?: string;
  message: string;
  severity: "debug" | "info" | "info#err" | "warning" | "error";
}

export interface PolicyEvent {
  resourceUrn?: string;
  message: string;
  policyName: string;
  policyPackName: string;
  enforcementLevel: "warning" | "advisory" | "mandatory" | "remediate" | "none";
}

export interface StepMetadata {
  op: string;
  urn: string;
  type: string;
  detailedDiff?: Record<string, { diffKind: string }> | null;
  diffs?: string[];
}

/** Events of a log, one JSON object a line. */
export function parseEvents(log: string): EngineEvent[] {
  return log
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
}
