import { noValue } from "../reading/pasted";
import { formKeys } from "./generated";
import { keysByKind } from "./consumer";
import type { Path } from "../../yaml/tree";

/** What to say about a key that means something, only not here. */
export interface Advice {
  readonly allowed: string;
  readonly remedy: string;
}

/** Advice for an unknown key that people can be expected to write; `map` is what it stands in. */
export function misplaced(path: Path, map: Readonly<Record<string, unknown>>): Advice | undefined {
  const [group, , ...rest] = path;
  const key = String(path.at(-1));
  if (rest.length === 1 && group === "secrets") return secretKeys[key];
  if (rest.length === 1 && group === "parameters") return parameterKey(key, map["type"]);
  if (rest.length === 1 && group === "consumers") return consumerKey(key, map["kind"]);
  if (rest.length === 2 && rest[0] === "rotation") return rotationKey(key, map["method"]);
  if (group === "secrets" && rest.join(".") === "rotation.metadata.adminSecretArn") return administered;
  return undefined;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-partner-salesforce.html */
const administered: Advice = {
  allowed:
    "the role that rotates a secret reads that secret alone, so a credential of Salesforce changes itself",
  remedy: "remove it, and allow the app at Salesforce to change its own credential",
};

const underRotation: Advice = {
  allowed: "it is a key of `rotation`",
  remedy: "move it into `rotation`",
};

const underGenerated: Advice = {
  allowed: "it is a key of `generated`, the form of a value that this platform makes",
  remedy: "move it into `generated`",
};

const underDatabase: Advice = {
  allowed: "it is a key of `database`",
  remedy: "move it into `database`",
};

const secretKeys: Readonly<Record<string, Advice>> = {
  value: noValue,
  password: noValue,
  every: underRotation,
  schedule: underRotation,
  window: underRotation,
  method: underRotation,
  admin: underRotation,
  hosted: underRotation,
  arn: underRotation,
  role: underRotation,
  ...Object.fromEntries(formKeys.map((form) => [form, underGenerated])),
  url: underDatabase,
  readerHost: underDatabase,
  type: {
    allowed: "only parameters have a type",
    remedy: "remove it, or move the item to `parameters` if its value does not rotate",
  },
  expires: {
    allowed: "secrets rotate, they do not expire",
    remedy: "remove it, or move the item to `parameters` as a SecureString if its value does not rotate",
  },
};

function parameterKey(key: string, type: unknown): Advice | undefined {
  if (key === "rotation" || key === "rotate") {
    return {
      allowed: "parameters do not rotate",
      remedy: "move the item to `secrets`, or remove the rotation",
    };
  }
  if (type === "SecureString" && key === "public") {
    return {
      allowed: "only a String or StringList is public",
      remedy: "remove it, or make it a String whose value stands in the manifest",
    };
  }
  if (type === "SecureString") return key === "value" ? noValue : undefined;
  if (key === "expires") {
    return { allowed: "only a SecureString expires", remedy: "remove it, or make it a SecureString" };
  }
  if (key === "home") {
    return {
      allowed: "a String or StringList always lives in the workload account",
      remedy: "remove it, or make it a SecureString",
    };
  }
  return undefined;
}

function consumerKey(key: string, kind: unknown): Advice | undefined {
  if (key === "environment" && (kind === "lambda" || kind === "ec2")) {
    return {
      allowed: `only ecs and codebuild consumers take \`environment\`; for ${kind} it would copy the value`,
      remedy: "list the item under `reads` and read it at run time",
    };
  }
  if (key === "environment" && (kind === "eks" || kind === "role")) {
    return {
      allowed: `only ecs and codebuild consumers take \`environment\`; for ${kind} the team sets up what runs, and its variables`,
      remedy: "list the item under `reads`, and read it at run time or name its ARN there",
    };
  }
  if (kind === "ecs" && /^(?:volumes?|mount(?:Point)?s?|efs|tmpfs)$/i.test(key)) {
    return {
      allowed: "nothing is mounted but memory: folders of `writable`, and `files` that hold a value",
      remedy:
        "remove it; what has to stay lies in a database or in S3, or your own pipeline deploys the task",
    };
  }
  const kinds = Object.entries(keysByKind).flatMap(([other, keys]) => (keys.includes(key) ? [other] : []));
  if (kinds.length === 0) return undefined;
  return {
    allowed: `\`${key}\` is a key of ${inWords(kinds)} consumers`,
    remedy: "remove it, or change `kind`",
  };
}

function inWords(kinds: readonly string[]): string {
  return [kinds.slice(0, -1).join(", "), ...kinds.slice(-1)].filter((part) => part !== "").join(" and ");
}

function rotationKey(key: string, method: unknown): Advice | undefined {
  if (key === "fields" || key === "generated" || key === "database" || key === "replicas") {
    return { allowed: `\`${key}\` stands beside \`rotation\``, remedy: "move it one level out" };
  }
  if (formKeys.includes(key)) {
    return { allowed: underGenerated.allowed, remedy: "move it into `generated`, beside `rotation`" };
  }
  if (method === "rds-managed" && ["every", "schedule", "window", "hosted", "admin"].includes(key)) {
    return {
      allowed: "the database service decides when and how an `rds-managed` secret rotates",
      remedy: "remove it",
    };
  }
  if (method === "external" && (key === "arn" || key === "role")) {
    return {
      allowed: "the platform makes the role that Secrets Manager rotates by, and there is no function",
      remedy: "remove it",
    };
  }
  if (key === "type" || key === "metadata") {
    return {
      allowed: `\`${key}\` is for the method \`external\``,
      remedy: "remove it, or change `method`",
    };
  }
  if (key === "hosted" || key === "admin") {
    return {
      allowed: `\`${key}\` is for the database methods`,
      remedy: "remove it, or choose a database method",
    };
  }
  if (key === "arn" || key === "role") {
    return {
      allowed: "`arn` is for `rds-managed` and `function`, `role` for `function`",
      remedy: "remove it, or change `method`",
    };
  }
  return undefined;
}
