import { Permission } from "@pulumi/aws/lambda";
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { accountIds } from "../../model/aws/textRules";
import { rotationTimeoutSeconds } from "../../model/functions/rotation";
import { invokedByService } from "../account/invokedByService";
import { functionProblems, platformFunction, type PlatformFunctionArgs } from "../account/platformFunction";
import { type ArgumentProblem, checkText, rejectProblems } from "../validation";

/** `policy` is `rotatorPolicy`; `network` is needed for databases. */
export interface RotationFunctionArgs extends Omit<PlatformFunctionArgs, "timeoutSeconds"> {
  /** Account whose secrets it rotates; 12 digits. */
  readonly account: string;
  /**
   * Seconds one step may take, 1 to 900.
   * @default 60
   */
  readonly timeoutSeconds?: number;
}

/**
 * This platform's own rotation function for one kind of secret in one environment, callable by Secrets Manager on
 * behalf of this account alone.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export class RotationFunction extends ComponentResource {
  readonly functionArn: Output<string>;
  /** What must exist before a secret names it as its rotation function. */
  readonly ready: Resource;

  constructor(name: string, args: RotationFunctionArgs, opts?: ComponentResourceOptions) {
    const functionArgs = { ...args, timeoutSeconds: args.timeoutSeconds ?? rotationTimeoutSeconds };
    rejectProblems("RotationFunction", name, problemsOf(functionArgs));
    super("secrets-platform:security:RotationFunction", name, {}, opts);
    const created = platformFunction(name, functionArgs, this);
    this.functionArn = created.arn;
    this.ready = new Permission(
      `${name}-invoke`,
      {
        statementId: "SecretsManagerRotates",
        action: "lambda:InvokeFunction",
        function: created.name,
        ...invokedByService("secretsmanager", { "aws:SourceAccount": args.account }),
      },
      { parent: this },
    );
    this.registerOutputs({ functionArn: this.functionArn });
  }
}

function problemsOf(args: RotationFunctionArgs & PlatformFunctionArgs): ArgumentProblem[] {
  return [functionProblems(args), checkText("account", args.account, accountIds)].flat();
}
