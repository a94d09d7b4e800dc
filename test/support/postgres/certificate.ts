import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MissingTool } from "../missingTool";

export interface Certificate {
  /** PEM; signed by itself, so it is its own certificate authority. */
  readonly certificate: string;
  readonly key: string;
}

/** A new certificate for one DNS name, valid for a day. */
export function makeCertificate(hostName: string): Certificate {
  const directory = mkdtempSync(join(tmpdir(), "certificate-test-"));
  const [certificate, key] = [join(directory, "certificate.pem"), join(directory, "key.pem")];
  try {
    const { error, status, stderr } = spawnSync(
      "openssl",
      [
        ...[
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:prime256v1",
          "-nodes",
          "-days",
          "1",
        ],
        ...["-subj", `/CN=${hostName}`, "-addext", `subjectAltName=DNS:${hostName}`],
        ...["-out", certificate, "-keyout", key],
      ],
      { encoding: "utf8" },
    );
    if (error !== undefined)
      throw new MissingTool("no openssl on PATH to make a certificate with; install OpenSSL");
    if (status !== 0) throw new Error(`openssl failed: ${stderr}`);
    return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
