import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { z } from "zod";
import { secretEnding } from "../../model/aws/textRules";
import { environmentOf } from "../../model/plan/environmentOf";
import type { ConsumerPlan, Plan } from "../../model/plan/types";
import { plannedArn } from "../../model/references/reference";
import { type ReferencesDocument, referencesDocument } from "../../model/references/document";
import { OperationError } from "../operations/operationError";
import { openSessionOf } from "../operations/session";

/** In a planned ARN, for what `secretEnding` is in a full one. */
const plannedEnding = "-??????";

const form = z.object({
  roles: z.record(z.string(), z.string()),
  secrets: z.array(z.object({ name: z.string(), valueFrom: z.string() })),
  environment: z.array(z.object({ name: z.string(), value: z.string() })),
  repositoryCredentials: z.object({ credentialsParameter: z.string() }).optional(),
});

/**
 * What the consumer's stack published.
 * @throws OperationError where nothing was, or something else than the manifests say now
 */
export async function deployedDocument(plan: Plan, consumer: ConsumerPlan): Promise<ReferencesDocument> {
  const { references, service, environment } = consumer;
  const what = `${service}/${environment}/${consumer.consumer}`;
  if (references === undefined)
    throw new OperationError(`${what} has more references than a parameter takes, so none says them`);
  const { workload } = environmentOf(plan, environment);
  const session = await openSessionOf(plan, what, workload);
  const attempt = { action: "ssm:GetParameter", target: references.name } as const;
  const { Parameter } = await session.call(attempt, () =>
    session.ssm.send(new GetParameterCommand({ Name: references.name })),
  );
  const deployed = documentIn(Parameter?.Value ?? "");
  const planned = referencesDocument(consumer, plannedArn);
  if (deployed !== undefined && isAsPlanned(deployed, planned)) return deployed;
  throw new OperationError(
    `${references.name} says something else than the manifests do: deploy them first, pulumi up --stack ${workload.stack} --policy-pack policies`,
  );
}

function documentIn(text: string): ReferencesDocument | undefined {
  try {
    return form.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const ending = new RegExp(`^${secretEnding}$`);

/** The same but for what AWS makes up at the ends of secrets' names; a question mark of any other text is that alone. */
export function isAsPlanned(deployed: ReferencesDocument, planned: ReferencesDocument): boolean {
  const [text = "", wanted = ""] = [deployed, planned].map(
    ({ roles, secrets, environment, repositoryCredentials }) =>
      JSON.stringify([roles, secrets, environment, repositoryCredentials]),
  );
  const [first = "", ...others] = wanted.split(plannedEnding);
  let at = first.length;
  for (const part of others) {
    const made = at + plannedEnding.length;
    if (!ending.test(text.slice(at, made)) || !text.startsWith(part, made)) return false;
    at = made + part.length;
  }
  return text.startsWith(first) && at === text.length;
}
