export interface SecretArn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Without the hyphen and six characters that Secrets Manager adds. */
  readonly name: string;
}

const pattern = /^arn:([^:]+):secretsmanager:([^:]+):(\d{12}):secret:(.+)-[A-Za-z0-9]{6}$/;

/** Undefined for anything but a full ARN. */
export function parseSecretArn(arn: string): SecretArn | undefined {
  const [, partition, region, account, name] = pattern.exec(arn) ?? [];
  return partition === undefined || region === undefined || account === undefined || name === undefined
    ? undefined
    : { partition, region, account, name };
}
