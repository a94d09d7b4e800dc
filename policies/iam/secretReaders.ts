import type { Principal, Statement } from "../documents/document";
import { refuses } from "../documents/conditions";
import { concerns } from "../documents/requests";
import { hasUnknown, includesAction, isWhollyUnknown, known } from "../documents/statements";
import { someOf, type Truth } from "../view/threeValued";
import { unknown } from "../view/values";
import { allowedArns, isEverybody, isOpenAbout, roleArns, wholeAccountOf } from "./principals";

/** Who reads a secret by its policy, as patterns of principal ARNs. */
export interface SecretReaders {
  /** Whom it allows to read. */
  readonly allowed: readonly string[];
  /** Whom it names where it denies reading to everybody else. */
  readonly spared: readonly string[];
  /** The only ones that it does not deny reading, where it says so without any other condition. */
  readonly keptTo: readonly string[] | undefined;
  /** Does it deny reading to all that the pattern stands for? */
  readonly denies: (arn: string) => Truth;
}

const reading = "secretsmanager:GetSecretValue";

/** Worked out once for each list of statements. */
export function readersOf(statements: readonly Statement[]): SecretReaders {
  let readers = readersByList.get(statements);
  if (readers === undefined) readersByList.set(statements, (readers = readReaders(statements)));
  return readers;
}

const readersByList = new WeakMap<readonly Statement[], SecretReaders>();

function readReaders(statements: readonly Statement[]): SecretReaders {
  const about = statements.filter((statement) => includesAction(statement, reading));
  const denying = about.filter(({ effect }) => effect === "Deny");
  return {
    allowed: about.filter(({ effect }) => effect === "Allow").flatMap(allowedArns),
    spared: denying.flatMap(sparedBy),
    keptTo: denying.map(keptBy).find((kept) => kept !== undefined),
    denies: (arn) => someOf(denying, (statement) => concerns(statement, arn, {})),
  };
}

/** By a condition on who it is, or by `NotPrincipal`. */
function sparedBy(statement: Statement): readonly string[] {
  const byCondition = refuses(statement, "aws:principalarn").flatMap(({ values }) => known(values));
  return [...byCondition, ...statement.notPrincipals.flatMap(namedBy)];
}

/** By a denial to everybody but those of one condition, by ARN or by account. */
function keptBy({ principals, conditions }: Statement): readonly string[] | undefined {
  const [condition, ...others] = conditions;
  if (condition === undefined || others.length > 0 || !principals.some(isEverybody)) return undefined;
  const values = known(condition.values);
  if (values.length < condition.values.length) return undefined;
  switch (condition.operator) {
    case "stringnotequals":
    case "stringnotlike":
    case "arnnotequals":
    case "arnnotlike":
      if (condition.key === "aws:principalarn") return values;
      return condition.key === "aws:principalaccount"
        ? values.map((account) => `arn:*:iam::${account}:*`)
        : undefined;
    default:
      return undefined;
  }
}

/** An account among those left out leaves out its root user only. */
function namedBy(principal: Principal): readonly string[] {
  if (principal.value === unknown || wholeAccountOf(principal) !== undefined) return [];
  return roleArns(principal.value);
}

/** Does it depend on something unknown whom the statement lets read, or denies it? */
export function isOpenAboutReaders(statement: Statement): boolean {
  if (statement.unknownParts.length === 0) return false;
  if (isWhollyUnknown(statement)) return true;
  if (hasUnknown(statement.actions) || hasUnknown(statement.notActions)) return true;
  return includesAction(statement, reading) && isOpenAbout(statement);
}
