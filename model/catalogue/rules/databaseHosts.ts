import { endpointFault } from "../databaseHost";
import { entriesOf, problemAt } from "../manifest";
import { eachManifest } from "./rule";
import { spelledOut } from "./spelledOut";

/** The host of a login, an administrator's included, is one that takes the new password. */
export const databaseHosts = eachManifest((manifest) =>
  entriesOf(manifest.draft.secrets).flatMap(([name, { database }]) =>
    spelledOut<string>(["secrets", name, "database", "host"], database?.host).flatMap(({ value, path }) => {
      const fault = endpointFault(value);
      return fault === undefined ? [] : [problemAt(manifest, path, fault)];
    }),
  ),
);
