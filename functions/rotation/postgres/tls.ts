import { existsSync, readFileSync } from "node:fs";
import { rootCertificates, type ConnectionOptions } from "node:tls";
import { defaultTlsMode, type TlsMode } from "../../../model/functions/rotation";

/**
 * Amazon's own certificate authorities, those of RDS among them, which Lambda's Node.js runtimes hold in this file
 * and no longer load by themselves.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const amazonCertificateAuthorities = "/var/runtime/ca-cert.pem";

/** TLS options of a connection; false for plain text. */
export type Tls = ConnectionOptions | false;

/** @param certificateAuthorities further ones, PEM */
export function tlsFor(mode: TlsMode = defaultTlsMode, certificateAuthorities?: string): Tls {
  if (mode === "disable") return false;
  if (mode === "require") return { rejectUnauthorized: false };
  const ca = [
    ...rootCertificates,
    ...(existsSync(amazonCertificateAuthorities) ? [readFileSync(amazonCertificateAuthorities, "utf8")] : []),
    ...(certificateAuthorities === undefined ? [] : [certificateAuthorities]),
  ];
  return mode === "verify-full" ? { ca } : { ca, checkServerIdentity: () => undefined };
}
