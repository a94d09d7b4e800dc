import { type Attempt, awsFailure as failureOf } from "../../aws/failure";
import { OperationError } from "./operationError";

/** Who calls, and who should. */
export interface CallerAdvice {
  /** ARN of the caller; absent while not known. */
  readonly as?: string;
  /** ARN of the role that may do what is being done. */
  readonly role: string;
  /** Stack whose update gives that role its rights. */
  readonly stack: string;
}

/** A call that failed in an operation: AWS's answer, and who may do what was tried. */
export function awsFailure(
  attempt: Attempt,
  { as, role, stack }: CallerAdvice,
  error: unknown,
): OperationError {
  const update = `pulumi up --refresh --stack ${stack} --policy-pack policies`;
  const remedies = {
    denied: `use ${role}; where that is the caller, its rights are older than the manifests, or were changed: ${update}`,
    key: `check that the key exists and is enabled, and that its policy lets ${role} use it: ${update}`,
  };
  const { message, code } = failureOf(attempt, { as, remedies }, error);
  return new OperationError(message, code);
}
