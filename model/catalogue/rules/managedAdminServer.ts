import type { Problem } from "../../yaml/problem";
import { canonicalHost } from "../../values/databaseHost";
import { databaseMethod } from "../normalise/methods";
import { parseReference } from "../normalise/reference";
import { entriesOf, formatPlace, placeOf, problemAt } from "../reading/manifest";
import type { Rule } from "./rule";
import { spelledIn } from "./spelledOut";

/**
 * The login of an administrator that RDS manages is one server's. Its own secret does not say which, so the logins that name it
 * do, and all of them the same: else one service's manifest would have another's administrator log in anywhere.
 */
export const managedAdminServer: Rule = ({ manifests, services }) => {
  const servers = new Map<string, { readonly server: string; readonly place: string }>();
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    for (const [name, { rotation, database }] of entriesOf(manifest.draft.secrets)) {
      const written = rotation?.admin;
      if (written === undefined || databaseMethod(rotation?.method) === undefined) continue;
      const admin = parseReference(written, manifest.service);
      const managed = services.get(admin.service)?.draft.secrets?.[admin.item]?.rotation;
      if (managed?.method !== "rds-managed") continue;
      for (const environment of manifest.draft.environments ?? []) {
        if (environment === undefined) continue;
        const path = ["secrets", name, "database"];
        const arn = spelledIn<string>(environment, [], managed.arn)?.value;
        const host = spelledIn<string>(environment, [...path, "host"], database?.host);
        const port = spelledIn<number>(environment, [...path, "port"], database?.port);
        if (arn === undefined || host === undefined || port === undefined) continue;
        const server = `${canonicalHost(host.value)}:${port.value}`;
        const first = servers.get(arn);
        if (first === undefined) {
          servers.set(arn, { server, place: formatPlace(placeOf(manifest, host.path)) });
        } else if (first.server !== server) {
          problems.push(
            problemAt(manifest, host.path, {
              found: `${server} is not the server in ${environment} that ${first.place} names`,
              allowed: `the administrator \`${written}\` is of one database server, and RDS's secret of it does not say which`,
              remedy:
                "give all logins that name it the same `host` and `port`, or name another administrator",
            }),
          );
          break;
        }
      }
    }
  }
  return problems;
};
