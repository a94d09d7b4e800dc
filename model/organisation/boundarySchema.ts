import { z } from "zod";
import { overlap } from "../aws/patterns";
import {
  assumingRoles,
  changingKeys,
  changingRecords,
  changingRoles,
  changingValues,
  readingValues,
  runningCode,
  runningCommands,
  usingKeys,
} from "../aws/sensitiveActions";
import { type Expectation, expecting, list, refusal, section, text, wordsOf } from "../yaml/expectation";

/** Actions that are refused whatever they are about. */
interface Refused {
  readonly actions: readonly string[];
  /** Behind "must leave out … ,". */
  readonly because: string;
  readonly remedy: string;
}

const never: readonly Refused[] = [
  {
    actions: readingValues,
    because: "since values are read as manifests grant it",
    remedy: "name the item under `reads` or `environment` of the consumer, and remove the action",
  },
  {
    actions: changingValues,
    because: "since values are put by writers and rotation, and shared by manifests",
    remedy: "remove it",
  },
  {
    actions: ["secretsmanager:*"],
    because: "since what consumers do with secrets follows from manifests",
    remedy: "remove it",
  },
  {
    actions: changingKeys,
    because: "since whoever may do it decides who uses a key",
    remedy: "leave it to the deployer, and remove it",
  },
  {
    actions: changingRoles,
    because: "since whoever may do it can become any role",
    remedy: "leave it to the deployer, and remove it",
  },
  {
    actions: changingRecords,
    because: "since no consumer changes what is recorded",
    remedy: "name the actions that are needed one by one, without it",
  },
  {
    actions: runningCommands,
    because: "since it acts with the role of the machine, task or build that it reaches",
    remedy: "leave it to people's own roles, and remove it",
  },
];

/** An action and the service of the resources it is about. */
interface InFull {
  readonly actions: readonly string[];
  readonly service?: string;
  readonly what: string;
}

const inFull: readonly InFull[] = [
  { actions: usingKeys, service: "kms", what: "keys" },
  { actions: assumingRoles, service: "iam", what: "roles" },
  { actions: runningCode, what: "functions, projects or stacks" },
];

const wellFormed = /^[a-z0-9-]+:(?!\*+$)[A-Za-z0-9*]+$/;

const notAnAction = wordsOf("must be an action, such as `sqs:SendMessage`, not a whole service");

const action = expecting(
  z.string().superRefine((value, context) => {
    const expectation = wellFormed.test(value) ? refused(value) : notAnAction;
    if (expectation !== undefined) context.addIssue({ code: "custom", params: { expectation } });
  }),
  notAnAction,
);

/** Why the action is refused, whatever it is about. */
function refused(value: string): Expectation | undefined {
  for (const { actions, because, remedy } of never) {
    const taken = takenIn(value, actions);
    if (taken !== undefined) return wordsOf(`must leave out \`${taken}\`, ${because}`, remedy);
  }
  return undefined;
}

/** What stands in ARNs, wildcards and variables of policies among it; nothing that a shell or a line of output takes up. */
const resource = text(
  /^arn:[a-z-]+:[a-z0-9-]+:(?:[\w+=,.@:/*?~!#%-]|\$(?![({])|\$\{[\w:/.*?$-]+\})+$/,
  "must be an ARN that names its service, not `*`",
);

/**
 * A statement that the `boundary` setting adds to the permissions boundary of an environment's consumers, for what they do
 * beside reading their configuration. What opens values, keys, roles or records is none of that: the boundary is what
 * holds when a role is given too much by mistake.
 */
export const boundaryStatement = section("a boundary statement", {
  actions: list("actions", action),
  resources: list("ARNs", resource),
}).superRefine(({ actions, resources }, context) => {
  for (const [index, value] of actions.entries()) {
    if (refused(value) !== undefined) continue;
    for (const { actions: sensitive, service = value.split(":")[0], what } of inFull) {
      const taken = takenIn(value, sensitive);
      const open = resources.find((one) => one.split(":")[2] === service && isOpen(one));
      if (taken === undefined || open === undefined) continue;
      const allowed = `may take in \`${taken}\` for ${what} named in full, and \`${open}\` under \`resources\` leaves open which`;
      const words = refusal(allowed, "name each by its ARN, in a statement of its own, or remove it");
      context.addIssue({ code: "custom", path: ["actions", index], ...words });
    }
  }
});

/** One of the actions that the pattern takes in; IAM compares without regard to case. */
function takenIn(pattern: string, actions: readonly string[]): string | undefined {
  return actions.find((one) => overlap(pattern.toLowerCase(), one.toLowerCase()));
}

/** A wildcard, or a variable, which the caller's own tags may fill. */
function isOpen(arn: string): boolean {
  return /[*?]|\$\{/.test(arn);
}
