import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Messages for the person who runs the command, shown beneath the resource of that URN. */
export interface EngineLog {
  info(urn: string, message: string): Promise<void>;
  warn(urn: string, message: string): Promise<void>;
  /** `host:port` of the engine. */
  connect(address: string): void;
}

/**
 * Logs through the engine: what a plugin writes to its own standard error is hidden from the user. Before it is
 * connected, and where the engine does not answer, messages go nowhere: none may fail an operation.
 */
export function engineLog(): EngineLog {
  let engine: EngineClient | undefined;
  const send = (severity: LogSeverity, urn: string, message: string): Promise<void> =>
    new Promise((resolve) => {
      if (engine === undefined) return resolve();
      const request = new LogRequest();
      request.setSeverity(severity);
      request.setUrn(urn);
      request.setMessage(message);
      engine.log(request, () => resolve());
    });
  return {
    info: (urn, message) => send(LogSeverity.INFO, urn, message),
    warn: (urn, message) => send(LogSeverity.WARNING, urn, message),
    connect(address) {
      engine?.close();
      engine = new EngineClient(address, grpc.credentials.createInsecure());
    },
  };
}
