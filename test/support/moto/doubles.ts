import type { AwsAnswer, AwsDouble } from "./awsProxy";

/**
 * moto answers DescribeParameters with each policy as Python writes a dictionary, in the place of the type as well.
 * AWS gives the policy's JSON, and its type by name.
 */
export const parameterPoliciesAsJson: AwsDouble = {
  name: "parameterPoliciesAsJson",
  after(call, answer) {
    if (call.action !== "DescribeParameters" || answer.status !== 200) return answer;
    const body = JSON.parse(answer.body) as { Parameters?: { Policies?: { PolicyText: string }[] }[] };
    for (const parameter of body.Parameters ?? []) {
      parameter.Policies = (parameter.Policies ?? []).map(({ PolicyText: text }) => {
        const json = text.startsWith("{'") ? text.replaceAll("'", '"') : text;
        const { Type: type } = JSON.parse(json) as { Type: string };
        return { PolicyText: json, PolicyType: type, PolicyStatus: "Pending" };
      });
    }
    return { ...answer, body: JSON.stringify(body) };
  },
};

/** The first calls of an action are answered with an error, as AWS does when it throttles, say. */
export function failing(action: string, code: string, { times = 1, message = "" } = {}): AwsDouble {
  let left = times;
  return {
    name: `failing ${action} with ${code}`,
    before: (call) => (call.action === action && left-- > 0 ? awsError(code, message) : undefined),
  };
}

/** The first calls of an action take effect, but their answers never arrive: a line that breaks. */
export function losingTheAnswerOf(action: string, { times = 1 } = {}): AwsDouble {
  let left = times;
  return {
    name: `losing the answer of ${action}`,
    after: (call, answer) => (call.action === action && left-- > 0 ? "cut" : answer),
  };
}

/** The caller's process ends right before or after a call of that action takes effect: nothing it sends later arrives. */
export function crashing(when: "before" | "after", action: string): AwsDouble {
  let crashed = false;
  return {
    name: `crashing ${when} ${action}`,
    before: (call) => {
      crashed ||= when === "before" && call.action === action;
      return crashed ? "cut" : undefined;
    },
    after: (call, answer) => {
      crashed ||= call.action === action;
      return crashed ? "cut" : answer;
    },
  };
}

export function awsError(code: string, message: string): AwsAnswer {
  return { status: 400, body: JSON.stringify({ __type: code, message }) };
}
