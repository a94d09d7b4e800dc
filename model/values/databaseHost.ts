import type { ProblemWords } from "../yaml/problem";

/**
 * The one spelling of a database's host: lower case, without the dot that ends a full DNS name, addresses in their
 * shortest form, and an IPv4 address that is mapped into IPv6 as the IPv4 address that is connected to. AWS's rotation functions compare the hosts of a login and of its administrator letter by letter, and
 * no certificate is made out for a name with a dot at its end.
 * https://www.rfc-editor.org/rfc/rfc4343 (case), https://www.rfc-editor.org/rfc/rfc5952 (IPv6),
 * https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 (IPv4-mapped)
 */
export function canonicalHost(written: string): string {
  const host = written.toLowerCase().replace(/\.$/, "");
  try {
    const { hostname } = new URL(`http://${host.includes(":") ? `[${host}]` : host}`);
    return ipv4Mapped(hostname) ?? hostname.replace(/^\[|\]$/g, "");
  } catch {
    // Not an address after all: whoever connects to it says so.
    return host;
  }
}

/** The IPv4 address in `[::ffff:a00:7]`, as URL writes each of its forms; undefined for any other host. */
function ipv4Mapped(hostname: string): string | undefined {
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname) ?? [];
  if (high === undefined || low === undefined) return undefined;
  return [high, low]
    .map((part) => Number.parseInt(part, 16))
    .flatMap((part) => [part >> 8, part & 0xff])
    .join(".");
}

/**
 * The names AWS gives to its databases' endpoints: unlike a name of one's own, which each network may resolve as it
 * likes, one of these means the same database everywhere.
 */
export function isAwsEndpoint(host: string): boolean {
  return /\.amazonaws\.com(?:\.cn)?$/.test(canonicalHost(host));
}

const allowed =
  "a rotation changes the password where the database takes writes: on its writer, not through a proxy";

/**
 * Why no password can be changed behind an endpoint, as far as its name tells: the first part is its owner's to choose,
 * AWS marks the second (of a proxy's further endpoints, the third).
 * - a cluster's readers, in Aurora, RDS and DocumentDB, are read-only
 * - a custom endpoint of Aurora leads to whichever of its instances, and readers are among them
 * - RDS Proxy lets in only the logins that it finds as current in secrets, so a new password never passes its test
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Endpoints.Custom.Considerations.html
 * https://docs.aws.amazon.com/documentdb/latest/developerguide/how-it-works.html#how-it-works.endpoints
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-endpoints.html
 * https://github.com/aws-samples/aws-secrets-manager-rotation-lambdas/issues/103 and issues/108
 */
export function endpointProblem(written: string): ProblemWords | undefined {
  if (!isAwsEndpoint(written)) return undefined;
  const [name = "", ...labels] = canonicalHost(written).split(".");
  const at = labels.findIndex((label) => /^(?:cluster-ro|cluster-custom|proxy)-/.test(label));
  const [mark = "", ...domain] = labels.slice(at);
  if (at < 0) return undefined;
  if (mark.startsWith("cluster-ro-")) {
    const writer = [name, mark.replace("cluster-ro-", "cluster-"), ...domain].join(".");
    return {
      found: "found the endpoint of a cluster's readers",
      allowed,
      remedy: `name the writer, \`${writer}\``,
    };
  }
  if (mark.startsWith("cluster-custom-")) {
    const writer = ["CLUSTER", mark.replace("cluster-custom-", "cluster-"), ...domain].join(".");
    return {
      found: "found a custom endpoint of a cluster, behind which readers may answer",
      allowed,
      remedy: `name the writer, the cluster's own endpoint \`${writer}\``,
    };
  }
  return {
    found: "found an endpoint of RDS Proxy, which lets in no password that is not current in a secret yet",
    allowed,
    remedy:
      `name the writer behind it, \`CLUSTER.cluster-….${domain.join(".")}\` or the instance's own endpoint, and give ` +
      "the proxy's address to consumers in a String parameter",
  };
}
