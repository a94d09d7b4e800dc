import type { PermissionArgs } from "@pulumi/aws/lambda";
import type { Input } from "@pulumi/pulumi";
import type { SourceKey } from "../../model/aws/servicePrincipals";
import type { Sent, ServiceAt } from "../../model/aws/serviceUse";
import { servicePrincipal } from "../../model/plan/arns";

/**
 * Principal and source of a permission that lets a service invoke a function: by keys that the service sends with its
 * calls, and no other, as one it does not send would bar it.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
 */
export function invokedByService<Name extends ServiceAt<"function">>(
  service: Name,
  source: Partial<Readonly<Record<Sent<Name, "function">, Input<string>>>>,
): Pick<PermissionArgs, "principal" | "sourceAccount" | "sourceArn"> {
  const { "aws:SourceAccount": sourceAccount, "aws:SourceArn": sourceArn } = source as Partial<
    Record<SourceKey, Input<string>>
  >;
  return {
    principal: servicePrincipal(service),
    ...(sourceAccount !== undefined && { sourceAccount }),
    ...(sourceArn !== undefined && { sourceArn }),
  };
}
