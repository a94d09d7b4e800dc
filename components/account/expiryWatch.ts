import { EventRule, EventTarget } from "@pulumi/aws/cloudwatch";
import { Permission } from "@pulumi/aws/lambda";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import { type ArgumentProblem, checkText, rejectProblems } from "../validation";
import { invokedByService } from "./invokedByService";
import { functionProblems, platformFunction, type PlatformFunctionArgs } from "./platformFunction";

export interface ExpiryWatchArgs extends Omit<PlatformFunctionArgs, "timeoutSeconds"> {
  /**
   * When it looks, as EventBridge takes it.
   * @default `cron(0 6 * * ? *)`, six in the morning, UTC
   */
  readonly schedule?: string;
}

/** Listing 10,000 items a page at a time takes some minutes. */
const timeoutSeconds = 900;

const schedules: TextRule = {
  pattern: /^(rate\(\d+ (minute|hour|day)s?\)|cron\([^()]+\))$/,
  allowed: "rate(...) or cron(...) is allowed",
  remedy: "write it as EventBridge does, as in cron(0 6 * * ? *)",
};

/**
 * Looks daily through everything its account holds and tells owners what needs a hand: the events AWS sends about
 * parameters are best effort, and about overdue rotations there are none.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html
 */
export class ExpiryWatch extends ComponentResource {
  readonly functionArn: Output<string>;

  constructor(name: string, args: ExpiryWatchArgs, opts?: ComponentResourceOptions) {
    const functionArgs = { ...args, timeoutSeconds };
    rejectProblems("ExpiryWatch", name, problemsOf(args));
    super("secrets-platform:account:ExpiryWatch", name, {}, opts);
    const created = platformFunction(name, functionArgs, this);
    const daily = new EventRule(
      `${name}-schedule`,
      {
        name: args.functionName,
        description: "When values are looked through for what needs a hand",
        scheduleExpression: args.schedule ?? "cron(0 6 * * ? *)",
        tags: args.tags,
      },
      { parent: this },
    );
    new Permission(
      `${name}-invoke`,
      {
        statementId: "ScheduleInvokes",
        action: "lambda:InvokeFunction",
        function: created.name,
        ...invokedByService("events", { "aws:SourceArn": daily.arn }),
      },
      { parent: this },
    );
    new EventTarget(`${name}-target`, { rule: daily.name, arn: created.arn }, { parent: this });
    this.functionArn = created.arn;
    this.registerOutputs({ functionArn: this.functionArn });
  }
}

function problemsOf(args: ExpiryWatchArgs): ArgumentProblem[] {
  return [
    functionProblems({ ...args, timeoutSeconds }),
    checkText("schedule", args.schedule, schedules),
  ].flat();
}
