/**
 * What a runbook says of something that was changed by hand. Without `--refresh` Pulumi compares the program with what
 * it remembers of AWS, and neither sees nor fixes anything.
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/
 */
export const drift = {
  /** Names every difference, and changes nothing. */
  shown: "`pulumi preview --refresh --diff --policy-pack policies`",
  /** Brings back what Pulumi made; what stands beside that it does not know of. */
  putBack: "`pulumi up --refresh --policy-pack policies`",
  /** The same in one stack. */
  putBackIn: (stack: string) => `\`pulumi up --refresh --stack ${stack} --policy-pack policies\``,
} as const;

/**
 * The provider never reads what code AWS runs, so that nothing shows another.
 * https://github.com/pulumi/pulumi-aws/issues/906
 */
export const otherCode =
  "Pulumi does not look at code: where that was changed, delete the function (one of AWS's by its CloudFormation stack) before the update, which makes it again";
