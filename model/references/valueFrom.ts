/** A value that AWS fills a variable with at start. */
export type FromValue =
  | { readonly kind: "parameter"; readonly arn: string }
  /** `field`: a JSON field of it. @default the whole value */
  | { readonly kind: "secret"; readonly arn: string; readonly field?: string };

/**
 * As ECS takes it, `fullArn:json-key:stage:version`: once a key is named the other two parts need their colons; left empty
 * they mean AWSCURRENT.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function valueFrom(value: FromValue): string {
  return value.kind === "secret" && value.field !== undefined ? `${value.arn}:${value.field}::` : value.arn;
}
