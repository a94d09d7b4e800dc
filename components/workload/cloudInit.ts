import { stringify } from "yaml";
import { referenceFile, type ValueReference } from "./references";

/** Where programs of a service find the ARNs of its values on an instance. */
export function referencePath(service: string): string {
  return `/etc/${service}/references.json`;
}

/**
 * Instance user data, in base64 as a launch template takes it, that writes the ARNs of values and no value: user data
 * can be read by anyone allowed to describe the template, and by every process of the instance.
 * https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 */
export function cloudInit(service: string, references: readonly ValueReference[]): string {
  const files = [
    {
      path: referencePath(service),
      owner: "root:root",
      permissions: "0644",
      content: referenceFile(references),
    },
  ];
  const text = `#cloud-config\n${stringify({ write_files: files }, { lineWidth: 0 })}`;
  return Buffer.from(text).toString("base64");
}
