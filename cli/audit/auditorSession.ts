import { patient } from "../../aws/session";
import { platformRoleArn } from "../../model/documents/people";
import type { Plan } from "../../model/plan/types";
import { call } from "../operations/call";
import { openSession, type Session, stacksOf } from "../operations/session";

/** The account whose credentials are there, as its role for auditors sees it. */
export type AuditorSession = Pick<Session, "account" | "as" | "call"> & {
  /** What clients of AWS's services are made with. */
  readonly client: { readonly region: string; readonly retryMode: string; readonly maxAttempts: number };
};

/** @throws OperationError for missing, expired or unknown credentials, and where AWS cannot be reached */
export async function openAuditorSession(plan: Plan): Promise<AuditorSession> {
  const { account, as, region } = await openSession(plan);
  const advice = {
    as,
    role: platformRoleArn(plan.organisation, account, "auditors"),
    stack: stacksOf(plan, account)[0] ?? "security",
  };
  return {
    account,
    as,
    client: { region, ...patient() },
    call: (attempt, send) => call(attempt, advice, send),
  };
}
