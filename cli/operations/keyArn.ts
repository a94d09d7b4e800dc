import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { awsErrorCode, awsErrorKind } from "../../aws/errors";
import type { Session } from "./session";

/**
 * ARN of the key behind an alias. AWS reports a parameter's key as it was named when its value was written, and the
 * stacks name it by ARN. Undefined for a caller who may not ask (kms:DescribeKey) and for an alias that is not there.
 */
export async function keyArn(session: Session, alias: string): Promise<string | undefined> {
  return session.call({ action: "kms:DescribeKey", target: alias }, async () => {
    try {
      const { KeyMetadata } = await session.kms.send(new DescribeKeyCommand({ KeyId: alias }));
      return KeyMetadata?.Arn;
    } catch (error) {
      const code = awsErrorCode(error);
      if (code === "NotFoundException" || awsErrorKind(code) === "denied") return undefined;
      throw error;
    }
  });
}
