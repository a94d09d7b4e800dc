import { overlapArns } from "../../../documents/arn";
import { demands, isLimitedBy } from "../../../documents/conditions";
import type { Statement } from "../../../documents/document";
import { covers } from "../../../../model/aws/patterns";
import { statementsOf } from "../../../documents/read";
import { hasUnknown, includesAction, isWhollyUnknown, mayAllow, nameOf } from "../../../documents/statements";
import { allowedArns, isOpenAbout } from "../../../iam/principals";
import type { Resource } from "../../../view/resource";
import type { StackFinding } from "../../rule";
import type { HeldDocument } from "../../../documents/secrets";
import { everyOf, someOf, type Truth } from "../../../view/threeValued";
import { unknown } from "../../../view/values";

/** What a key's policies say of decrypting. */
export interface KeyUse {
  readonly allowing: readonly Decrypting[];
  readonly denying: readonly Statement[];
  /** A policy of which it is not known whom it lets decrypt, or denies it. */
  readonly open: HeldDocument | undefined;
  /** It is not known whom they let decrypt, beside those that are. */
  readonly mayAllowOthers: boolean;
}

export interface Decrypting {
  readonly statement: Statement;
  readonly holder: Resource;
  /** Patterns of the principals it allows; none when it allows services only. */
  readonly arns: readonly string[];
}

const action = "kms:Decrypt";

export function useOf(held: readonly HeldDocument[]): KeyUse {
  const all = held.flatMap((document) =>
    statementsOf(document.value).map((statement) => ({ document, statement })),
  );
  const about = all.filter(({ statement }) => includesAction(statement, action));
  return {
    allowing: about
      .filter(({ statement }) => statement.effect === "Allow")
      .map(({ statement, document }) => ({
        statement,
        holder: document.holder,
        arns: allowedArns(statement),
      })),
    denying: about.flatMap(({ statement }) => (statement.effect === "Deny" ? [statement] : [])),
    open: all.find(({ statement }) => isOpen(statement))?.document,
    mayAllowOthers: all.some(({ statement }) => mayAllow(statement) && isOpen(statement)),
  };
}

function isOpen(statement: Statement): boolean {
  if (statement.unknownParts.length === 0) return false;
  if (isWhollyUnknown(statement)) return true;
  if (hasUnknown(statement.actions) || hasUnknown(statement.notActions)) return true;
  if (!includesAction(statement, action)) return false;
  return isOpenAbout(statement) || statement.conditions.some(({ values }) => values.includes(unknown));
}

/** Principals that decrypt through whatever they like. */
export function* withoutService({ allowing }: KeyUse): Iterable<StackFinding> {
  for (const { statement, holder, arns } of allowing) {
    if (arns.length > 0 && !isLimitedBy(statement, "kms:viaservice")) {
      yield {
        urn: holder.urn,
        property: "policy",
        message: `${nameOf(statement)} lets decrypt without kms:ViaService`,
      };
    }
  }
}

/** Does the statement let decrypt through Secrets Manager: in the region, or in any while it is not known? */
export function isThroughSecretsManager(statement: Statement, region: string | undefined): Truth {
  const services = demands(statement, "kms:viaservice");
  if (services.length === 0) return false;
  return everyOf(services, ({ values }) =>
    someOf(values, (value) => {
      if (value === unknown) return unknown;
      if (region === undefined) return value.startsWith("secretsmanager.") || covers(value, anyService);
      return namesIn(region).some((name) => covers(value, name));
    }),
  );
}

const anyService = "secretsmanager.any.amazonaws.com";

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
function namesIn(region: string): readonly string[] {
  return ["amazonaws.com", "amazonaws.com.cn"].map((domain) => `secretsmanager.${region}.${domain}`);
}

/** What is known of a request to decrypt a secret for its reader. */
export function requestFor(arn: string, region: string | undefined): Readonly<Record<string, string>> {
  const [service = ""] = namesIn(region ?? "*");
  return { "kms:viaservice": service, "kms:encryptioncontext:secretarn": arn };
}

export function concernsSecret(statement: Statement, arn: string): Truth {
  return everyOf(demands(statement, "kms:encryptioncontext:secretarn"), ({ values }) =>
    someOf(values, (pattern) => (pattern === unknown ? unknown : overlapArns(pattern, arn))),
  );
}
