import type { AwsCall, AwsDouble } from "../../../support/moto/awsProxy";

/** Answers one action in the emulator's stead, each call or the first few. */
export function answering(
  action: string,
  status: number,
  body: object | ((call: AwsCall) => object),
  times = Infinity,
): AwsDouble {
  let left = times;
  return {
    name: `answers ${action}`,
    before: (call) => {
      if (call.action !== action || left-- <= 0) return undefined;
      return { status, body: JSON.stringify(typeof body === "function" ? body(call) : body) };
    },
  };
}
