import { accountPlace } from "../../../../../model/documents/accountHoldings";
import type { PolicyDocument } from "../../../../../model/documents/policy";
import { samplePlan } from "../../../plan/support/samples";
import type { Caller, Request, Verdict } from "../evaluator";

export const plan = samplePlan();
export const { organisation } = plan;
export const [security, prod, stranger] = ["111111111111", "333333333333", "999999999999"] as const;
export const there = accountPlace(organisation, prod);

export const role = (account: string, name: string, of = organisation.id): Caller => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  account,
  organisation: of,
});
export const service = (name: string): Caller => ({
  arn: "",
  account: "",
  organisation: "",
  service: `${name}.amazonaws.com`,
});

export type Context = NonNullable<Request["context"]>;

/** A call that is let in, and what else it may be. */
export interface Call extends Request {
  readonly who: string;
  readonly is?: Verdict;
  /** In words, what differs: who is refused then. */
  readonly but?: Readonly<Record<string, Partial<Request> & { readonly is?: Verdict }>>;
}

export interface Decided {
  readonly document: PolicyDocument;
  readonly calls: readonly Call[];
  /** Statements that other tests hold, with the test's name. */
  readonly elsewhere?: readonly string[];
}

export type DecidedDocuments = Readonly<Record<string, Decided>>;

export const tls = { "aws:SecureTransport": "true" };
export const plainText = { "aws:SecureTransport": "false" };
export const withContext = (context: Context, other: Context): Partial<Request> => ({
  context: { ...context, ...other },
});
export const less = (context: Context, key: string): Partial<Request> => ({
  context: Object.fromEntries(Object.entries(context).filter(([one]) => one !== key)),
});

export const rule = (name: string, account: string = prod) =>
  `arn:aws:events:eu-west-1:${account}:rule/${name}`;
