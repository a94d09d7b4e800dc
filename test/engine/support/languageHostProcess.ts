/**
 * Stand-in for the Pulumi language host of Node.js, started by the engine where the real one is not installed. It
 * runs programs, policy packs and source-based plugins the way the real one does, and knows nothing of installing or
 * generating code. Protocol: proto/pulumi/language.proto of pulumi/pulumi.
 */
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { languageHost } from "./languageHostService";
import { serve } from "./grpcServer";
import { children } from "./languageHostChildren";

// The engine passes its address last, after flags of its own.
const engineAddress = process.argv.slice(2).findLast((word) => !word.startsWith("-")) ?? "";

function stop(): void {
  children.forEach((child) => child.kill("SIGKILL"));
  process.exit(0);
}
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
// The engine holds our standard input open for as long as it lives.
process.stdin.resume().on("end", stop).on("error", stop);

serve(LanguageRuntimeService, languageHost(engineAddress)).then(
  ({ port }) => process.stdout.write(`${port}\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
