import { KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { openSession as open, patient, type Session as AwsSession } from "../../aws/session";
import { platformRoleArn } from "../../model/documents/people";
import type { Plan } from "../../model/plan/types";
import type { CallerAdvice } from "./awsFailure";
import { call } from "./call";
import type { Holder } from "./holder";
import { OperationError } from "./operationError";

/**
 * AWS with the credentials of the SDK's default chain (AWS_PROFILE, environment, single sign-on, instance role). What
 * calls throw is an OperationError that names the attempt.
 */
export interface Session extends AwsSession {
  readonly lambda: LambdaClient;
  readonly kms: KMSClient;
}

/** Of the first call, which shows whether there is a network and who calls. */
const firstAttempts = 3;

/**
 * Opens a session in the account whose credentials are there.
 * @throws OperationError for missing, expired or unknown credentials, and where AWS cannot be reached
 */
export async function openSession(plan: Plan): Promise<Session> {
  const { region } = plan.organisation;
  // Which Node.js runs this is settled by the repository (`engines`), not by whoever runs it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const unknown: CallerAdvice = { role: "the role of the item's own account", stack: "security" };
  const session = await open({
    region,
    firstAttempts,
    callAs: (identity) => {
      const advice =
        identity === undefined ? unknown : { as: identity.as, ...adviceFor(plan, identity.account) };
      return (attempt, send) => call(attempt, advice, send);
    },
  });
  const settings = { region, ...patient() };
  return { ...session, lambda: new LambdaClient(settings), kms: new KMSClient(settings) };
}

function adviceFor(plan: Plan, account: string): CallerAdvice {
  return { role: writersOf(plan, account), stack: stacksOf(plan, account)[0] ?? "security" };
}

/**
 * Opens a session in the account that holds something.
 * @param what for the message: `orders/prod/database`
 * @throws OperationError with the credentials of any other account, before anything is asked there
 */
export async function openSessionOf(plan: Plan, what: string, holder: Holder): Promise<Session> {
  const session = await openSession(plan);
  if (session.account === holder.account) return session;
  throw new OperationError(
    `${what} is held by account ${holder.account} (stack ${holder.stack}), and these credentials are of account ` +
      `${session.account} (${session.as}); use ${writersOf(plan, holder.account)} ` +
      "by naming a profile of it in AWS_PROFILE",
  );
}

/** Names of the stacks that one account holds. */
export function stacksOf(plan: Plan, account: string): readonly string[] {
  return plan.organisation.stacks.filter((stack) => stack.account === account).map(({ name }) => name);
}

function writersOf({ organisation }: Plan, account: string): string {
  return platformRoleArn(organisation, account, "writers");
}
