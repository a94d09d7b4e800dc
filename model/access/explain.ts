import type { Call } from "./call";
import type { Test } from "./conditions";
import type { Reading } from "./access";
import { type CallDecision, type Gate, type GateName, refusal } from "./gates";
import { misses, type Miss } from "./misses";

/** What made a decision, for a person; every sentence without a closing full stop. */
export interface Explanation {
  readonly allowed: boolean;
  /** Call by call and gate by gate, as far as it went. */
  readonly chain: readonly string[];
  /** Of a refusal: the first gate that refuses, and what would open it. */
  readonly refusedBy?: { readonly gate: GateName; readonly why: string; readonly opens: string };
}

export function explainReading({ allowed, calls }: Reading): Explanation {
  const refused = calls.find((call) => !call.allowed);
  const made = allowed || refused === undefined ? calls : calls.slice(0, calls.indexOf(refused) + 1);
  const explained = made.map(explainCall);
  const refusedBy = explained.find((one) => one.refusedBy !== undefined)?.refusedBy;
  return {
    allowed,
    chain: explained.flatMap(({ chain }) => chain),
    ...(!allowed && refusedBy !== undefined && { refusedBy }),
  };
}

export function explainCall(decision: CallDecision): Explanation {
  const { call, allowed, gates } = decision;
  const refused = refusal(decision);
  const passed = refused === undefined ? gates : gates.filter((gate) => gate !== refused && gate.passes);
  const chain = [said(call), ...passed.map((gate) => `  ${lets(gate, call)}`)];
  if (refused === undefined) return { allowed, chain };
  const why = refuses(refused, call);
  return {
    allowed,
    chain: [...chain, `  ${why}`],
    refusedBy: { gate: refused.gate, why, opens: opening(refused, call) },
  };
}

/** Each with whether it is several. */
const names: Readonly<Record<GateName, readonly [name: string, several: boolean]>> = {
  organisation: ["the organisation's policies", true],
  endpoint: ["the endpoint's policy", false],
  resource: ["the resource's policy", false],
  boundary: ["the permissions boundary", false],
  identity: ["the role's own policies", true],
};

/** "the resource's policy allows": in the singular or plural. */
function does(gate: GateName, one: string, several: string): string {
  const [name, plural] = names[gate];
  return `${name} ${plural ? several : one}`;
}

function said({ by, action, resource, via, endpoint }: Call): string {
  const through = via ?? endpoint;
  return `${by.arn} calls ${action} on ${resource}${through === undefined ? "" : ` through ${through}`}`;
}

function lets({ gate, policies, answer }: Gate, call: Call): string {
  if (answer.effect === "allow")
    return `${does(gate, "allows", "allow")} it: ${statements({ gate, policies, answer })}`;
  if (gate === "resource")
    return `${names[gate][0]} need not allow it, within the account ${call.owner.account}`;
  return `${names[gate][0]} need not allow it, as the resource's policy means the role itself`;
}

function refuses(gate: Gate, call: Call): string {
  const { policies, answer } = gate;
  if (answer.effect === "deny") return `${does(gate.gate, "denies", "deny")} it: ${statements(gate)}`;
  if (policies.length === 0) {
    return `${does(gate.gate, ": there is none", ": there are none").replace(" :", ":")}, and ${needed(gate.gate, call)}`;
  }
  return `${does(gate.gate, "allows", "allow")} nothing of the kind: ${policies.map(({ name }) => name).join(", ")}`;
}

function needed(gate: GateName, { by, owner }: Call): string {
  return gate === "resource"
    ? `an account other than ${owner.account}, here ${by.account}, has to be let in`
    : "nothing else allows it";
}

/** What would open a gate: what keeps the nearest statement from applying, or that there is none. */
function opening({ gate, policies, answer }: Gate, call: Call): string {
  if (answer.effect === "deny") {
    const kept = answer.statements.map(({ name, tests, except, resources }) =>
      tests.length > 0
        ? `${name} spares ${tests.map(spared).join(" or ")}`
        : `${name} spares ${except ? `only ${shortened(resources)}` : "nobody"}`,
    );
    return kept.join("; ");
  }
  const [own] = policies.filter(({ name }) => name.startsWith("alias/aws/"));
  // https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
  if (own !== undefined) return `another key for the value: nobody can change the policy of ${own.name}`;
  const found = policies.flatMap((policy) => misses(policy, call).map((miss) => ({ policy, miss })));
  const fewest = Math.min(...found.map(({ miss }) => miss.reasons.length));
  const nearest = found.filter(({ miss }) => miss.reasons.length === fewest);
  if (nearest.length === 0 && gate === "resource" && call.action.startsWith("ssm:"))
    return `a share of ${call.resource} with the account ${call.by.account}, which is for GetParameter and GetParameters`;
  if (nearest.length === 0) return `a statement that allows ${call.action} on ${call.resource}`;
  return nearest
    .slice(0, 3)
    .map(
      ({ policy, miss }) =>
        `${policy.name}, ${miss.statement.name} would, but ${miss.reasons.map(told).join(", and ")}`,
    )
    .join("; or ");
}

/** In a Deny: whom a test leaves alone. */
function spared({ operator, key, wanted }: Test): string {
  if (operator === "Null") return `a call ${wanted[0] === "true" ? "with" : "without"} ${key}`;
  if (operator.includes("Bool")) return `a call whose ${key} is not ${shortened(wanted)}`;
  return `a call whose ${key} it ${operator.includes("Not") ? "names" : "does not name"} (${operator})`;
}

function told(reason: Miss["reasons"][number]): string {
  const wanted = shortened(reason.wanted);
  switch (reason.part) {
    case "resource":
      return `it is about ${reason.except ? "anything but " : ""}${wanted}`;
    case "principal":
      return `it means ${wanted}`;
    case "condition":
      return `${reason.operator} ${reason.key} asks for ${wanted}, and the call has ${reason.found?.join(", ") ?? "none"}`;
  }
}

const shown = 3;

function shortened(values: readonly string[]): string {
  const rest = values.length - shown;
  return rest > 0 ? `${values.slice(0, shown).join(", ")} and ${rest} more` : values.join(", ") || "nobody";
}

function statements({ answer, policies }: Pick<Gate, "gate" | "policies" | "answer">): string {
  return answer.statements
    .map((statement) => {
      const policy = policies.find((one) => one.statements.includes(statement));
      return `${policy?.name ?? "a policy"}, ${statement.name}`;
    })
    .join("; ");
}
