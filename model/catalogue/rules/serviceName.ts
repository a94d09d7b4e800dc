import { describe } from "../../yaml/describe";
import { plainAt, problemAt } from "../reading/manifest";
import { eachManifest } from "./rule";

/** A service is called as its file is; one name is taken by the environments' common keys. */
export const serviceName = eachManifest((manifest) => {
  const { service } = manifest.draft;
  if (service === undefined) return [];
  if (service !== manifest.service) {
    return [
      problemAt(manifest, ["service"], {
        found: `found ${describe(service)} in a file of another name`,
        allowed: "a service is named as its file is",
        remedy: `rename the file to \`${service}.yaml\`, or write the file's name here`,
      }),
    ];
  }
  if (service !== "configuration") return [];
  return [
    problemAt(manifest, ["service"], {
      found: "found `configuration`",
      allowed: "no service has the name of the keys that services share",
      remedy: "choose another name",
    }),
  ];
});

/** A service without anything to hold or read is a mistake. */
export const holdsSomething = eachManifest((manifest) => {
  const groups = ["secrets", "parameters", "consumers"];
  const isEmpty = (group: string): boolean => {
    const value = plainAt(manifest, [group]);
    return (
      value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0)
    );
  };
  const whole = plainAt(manifest, []);
  if (typeof whole !== "object" || whole === null || Array.isArray(whole) || !groups.every(isEmpty))
    return [];
  return [
    problemAt(manifest, [], {
      found: "found no `secrets`, `parameters` or `consumers`",
      allowed: "a manifest has at least one of them",
      remedy: "add what the service needs, or remove the file",
    }),
  ];
});
