import { everyOf, negated, someOf, type Truth } from "../view/threeValued";
import { unknown } from "../view/values";
import { accountPrincipal, parseArn } from "./arn";
import type { Condition, Principal, Statement, Text } from "./document";
import { covers, hasWildcard, overlap } from "../../model/aws/patterns";

/** What is known of a request, by condition key in lower case; a value with wildcards stands for all that it covers. */
export type Facts = Readonly<Record<string, string>>;

/**
 * Does the statement speak of all requests of the principal with these facts, whatever its actions and resources? Unknown
 * where it speaks of some of them, or of some by what the facts do not say.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function concerns(statement: Statement, principal: string, facts: Facts): Truth {
  const all: Facts = { "aws:principalarn": principal, ...accountFacts(principal), ...facts };
  const tests: readonly Truth[] = [
    names(statement, principal),
    ...statement.conditions.map((one) => meets(one, all)),
  ];
  return everyOf(tests, (truth) => truth);
}

function accountFacts(principal: string): Facts {
  const account = parseArn(principal)?.account;
  return account === undefined || hasWildcard(account)
    ? {}
    : { "aws:principalaccount": account, "kms:calleraccount": account };
}

function names({ principals, notPrincipals }: Statement, arn: string): Truth {
  if (notPrincipals.length === 0) return someOf(principals, (one) => includes(one, arn));
  // An account among those left out leaves out its root user only.
  const leftOut = notPrincipals.filter(
    ({ value }) => value === unknown || accountPrincipal(value) === undefined,
  );
  return negated(someOf(leftOut, (one) => includes(one, arn)));
}

function includes({ kind, value }: Principal, arn: string): Truth {
  if (value === unknown) return unknown;
  if (kind === "*" || value === "*") return true;
  if (kind !== "AWS") return false;
  const account = accountPrincipal(value);
  if (account === undefined) return fits(value, arn);
  return fits(account, parseArn(arn)?.account ?? "*");
}

/** By operator without its `Not`: do its values have wildcards? */
const operators: ReadonlyMap<string, boolean> = new Map([
  ["stringequals", false],
  ["stringlike", true],
  ["arnequals", true],
  ["arnlike", true],
]);

function meets({ operator, key, values }: Condition, facts: Facts): Truth {
  const fact = facts[key];
  if (fact === undefined) return unknown;
  if (operator === "null")
    return someOf(values, (value) => (value === unknown ? unknown : value === "false"));
  const positive = operator.replace("not", "");
  const wildcards = operators.get(positive);
  if (wildcards === undefined) return unknown;
  const truth = someOf(values, (value: Text) => {
    if (value === unknown || value.includes("${")) return unknown;
    return wildcards || !hasWildcard(value) ? fits(value, fact) : false;
  });
  return positive === operator ? truth : negated(truth);
}

/** Does the pattern cover all of what the text stands for? Unknown where it covers a part. */
function fits(pattern: string, text: string): Truth {
  if (covers(pattern, text)) return true;
  return hasWildcard(text) && overlap(pattern, text) ? unknown : false;
}
