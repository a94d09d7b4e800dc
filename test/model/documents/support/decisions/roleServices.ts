import type { RoleServiceName } from "../../../../../model/aws/roleServices";
import { roleServiceTrust } from "../../../../../model/documents/roleServiceTrust";
import { type Decided, type DecidedDocuments, prod, service, stranger, there, withContext } from "./decided";

function sourced(name: RoleServiceName, principal: string, resource: string): Decided {
  const of = (account: string) => `arn:aws:${resource.replace("ACCOUNT", account)}`;
  const source = { "aws:SourceAccount": prod, "aws:SourceArn": of(prod) };
  return {
    document: roleServiceTrust(name, there),
    calls: [
      {
        who: `${principal} for something of the account`,
        caller: service(principal),
        action: "sts:AssumeRole",
        resource: "",
        context: source,
        but: {
          "for another account": withContext(source, { "aws:SourceAccount": stranger }),
          "for something of another account": withContext(source, { "aws:SourceArn": of(stranger) }),
          "for nobody": { context: {} },
          "another service": { caller: service("lambda") },
        },
      },
    ],
  };
}

/** Who may take on a role that a team hands to a service which says for whom it acts. */
export const roleServices: DecidedDocuments = {
  "a role for Step Functions": sourced("states", "states", "states:eu-west-1:ACCOUNT:stateMachine:any"),
  "a role for Batch": sourced("batch", "ecs-tasks", "ecs:eu-west-1:ACCOUNT:task/any"),
  "a role for SageMaker": sourced(
    "sagemaker",
    "sagemaker",
    "sagemaker:eu-west-1:ACCOUNT:notebook-instance/any",
  ),
};
