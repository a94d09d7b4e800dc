import { join } from "node:path";
import type { RotationHandler } from "../../../functions/rotation/handler";
import type { Answer } from "./functionProcess";

/** Stands in for Lambda's runtime in a process of its own: loads `index.js` beside it and passes events on. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { handler } = require(join(__dirname, "index.js")) as { readonly handler: RotationHandler };

if (typeof handler !== "function") throw new Error("index.js exports no handler");

process.on("message", (event) => {
  const context = {
    awsRequestId: "00000000-0000-0000-0000-000000000000",
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? "",
    invokedFunctionArn: process.env.FUNCTION_ARN ?? "",
    getRemainingTimeInMillis: () => 60_000,
  };
  const answer = (outcome: Answer) => process.send?.(outcome);
  handler(event, context).then(
    () => answer({}),
    (error: unknown) => answer({ error: String(error) }),
  );
});
process.send?.({});
