import { endpointProblem } from "../../values/databaseHost";
import { entriesOf, problemAt } from "../reading/manifest";
import { databaseMethod } from "../normalise/methods";
import type { DatabaseEngine } from "../types";
import { eachManifest } from "./rule";
import { spelledOut } from "./spelledOut";
import type { ProblemWords } from "../../yaml/problem";

/** The host of a login, an administrator's included, is one that takes the new password. */
export const databaseHosts = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { rotation, database }]) =>
    spelledOut<string>(["secrets", name, "database", "host"], database?.host).flatMap(({ value, path }) => {
      const engine = databaseMethod(rotation?.method)?.engine;
      const byAws = rotation?.hosted !== "platform";
      const problem = endpointProblem(value) ?? (engine && byAws ? addressProblem(value, engine) : undefined);
      return problem === undefined ? [] : [problemAt(manifest, path, problem)];
    }),
  ),
);

/**
 * Engines whose function of AWS connects by a driver that takes what is behind a host's first colon for the port.
 * https://github.com/PyGreSQL/PyGreSQL/blob/main/pgdb.py (`connect`)
 * https://github.com/mongodb/mongo-python-driver/blob/v3.13/pymongo/uri_parser.py (`parse_host`)
 */
const colonsArePorts: readonly DatabaseEngine[] = ["postgres", "redshift", "documentdb"];

function addressProblem(host: string, engine: DatabaseEngine): ProblemWords | undefined {
  if (!host.includes(":") || !colonsArePorts.includes(engine)) return undefined;
  return {
    found: "found an IPv6 address",
    allowed: `AWS's function for ${engine} takes what is behind its first colon for a port`,
    remedy: "give the host's name, as its certificate has it",
  };
}
