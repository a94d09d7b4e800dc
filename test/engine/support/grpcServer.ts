import * as grpc from "@grpc/grpc-js";

/** A gRPC server on a local port of the system's choice. */
export interface LocalServer {
  port: number;
  /** Ends the server and every call that still runs. */
  close(): void;
}

/** The engine's own limit on a message, in bytes; grpc-js would stop at 4 MB. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Serves one service on the loopback address. */
export async function serve<T extends grpc.UntypedServiceImplementation>(
  service: grpc.ServiceDefinition<T>,
  implementation: T,
): Promise<LocalServer> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(service, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

/** Makes a gRPC handler of an async function; what it throws becomes the call's error, message only. */
export function unary<Request, Response>(
  handle: (request: Request, peer: string) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request, call.getPeer()))
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(asServiceError(error)),
      );
  };
}

class Unimplemented extends Error {}

/** Handles a call that this server does not offer; the engine then does without. */
export function unimplemented<Request, Response>(call: string): grpc.handleUnaryCall<Request, Response> {
  return unary(() => {
    throw new Unimplemented(`${call} is not offered by this stand-in`);
  });
}

function asServiceError(error: unknown): Partial<grpc.StatusObject> {
  const code = error instanceof Unimplemented ? grpc.status.UNIMPLEMENTED : grpc.status.UNKNOWN;
  return { code, details: error instanceof Error ? error.message : String(error) };
}
