/** Account in an ARN; empty where the ARN names none, as a bucket's, and for what is no ARN. */
export function accountInArn(arn: string): string {
  return arn.split(":")[4] ?? "";
}
