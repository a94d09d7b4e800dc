import { accountAnalyzer } from "../../../../policies/rules/accessanalyzer/account-analyzer";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const trail = declare("trail", { s3BucketName: "trails" });
const filter = declare("metricFilter", {
  logGroupName: "trail",
  pattern: "x",
  metricTransformation: { name: "x", namespace: "x", value: "1" },
});
const analyzer = (type?: string, from: Parameters<typeof declare>[2] = {}) =>
  declare("analyzer", { analyzerName: "access", ...(type !== undefined && { type }) }, from);
const archiveRule = (filters: readonly object[], from: Parameters<typeof declare>[2] = {}) =>
  declare("archiveRule", { analyzerName: "access", ruleName: "known", filters: filters as never }, from);

/** What unknown values come from. */
const source = declare("topic", {});

const none = "no analyzer looks for access from outside the account";
const wide = "filters name neither resource nor principal nor condition";

testRule(accountAnalyzer, {
  passes: {
    "of the account": [trail, analyzer("ACCOUNT")],
    "of the account, as by default": [trail, analyzer()],
    "of the organisation": [trail, analyzer("ORGANIZATION")],
    "beside one of what is unused": [
      trail,
      analyzer("ACCOUNT_UNUSED_ACCESS", { name: "unused" }),
      analyzer("ACCOUNT"),
    ],
    "an account without a trail": declare("topic", {}),
    "archives of a principal": [
      trail,
      analyzer(),
      archiveRule([{ criteria: "principal.AWS", contains: ["333333333333"] }]),
    ],
    "archives of a condition": [
      trail,
      analyzer(),
      archiveRule([
        { criteria: "isPublic", eqs: ["false"] },
        { criteria: "condition.aws:PrincipalOrgID", eqs: ["o-exampleorgid"] },
      ]),
    ],
    "archives of a resource": [
      trail,
      analyzer(),
      archiveRule([{ criteria: "resource", eqs: ["arn:aws:s3:::downloads"] }]),
    ],
  },
  fails: {
    "no analyzer": { program: trail, at: none },
    "no analyzer where another trail is watched": { program: filter, at: none },
    "of what is unused": { program: [trail, analyzer("ACCOUNT_UNUSED_ACCESS")], at: none },
    "of access from inside": { program: [trail, analyzer("ORGANIZATION_INTERNAL_ACCESS")], at: none },
    "archives of everything that is not public": {
      program: [trail, analyzer(), archiveRule([{ criteria: "isPublic", eqs: ["false"] }])],
      at: wide,
      on: "archiveRule",
    },
    "archives of all keys": {
      program: [trail, analyzer(), archiveRule([{ criteria: "resourceType", eqs: ["AWS::KMS::Key"] }])],
      at: wide,
      on: "archiveRule",
    },
    "archives of everything, in a stack without a trail": {
      program: archiveRule([{ criteria: "isPublic", exists: "true" }]),
      at: wide,
    },
  },
  undecided: {
    type: {
      program: [trail, source, analyzer(later, { from: { type: [source] } })],
      at: "type of an Analyzer is not known",
    },
    filters: {
      program: [trail, analyzer(), source, archiveRule(later, { from: { filters: [source] } })],
      at: "filters is not known",
      on: "archiveRule",
    },
    "a criterion": {
      program: [trail, analyzer(), archiveRule([{ criteria: later, eqs: ["x"] }])],
      at: "filters is not known",
      on: "archiveRule",
    },
  },
});
