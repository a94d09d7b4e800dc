import type { SettingName } from "../../model/values/pendingSettings";

/** Of changes that AWS takes only together with a value. */
export function pendingMessage(name: string, pending: readonly SettingName[]): string {
  const [are, wait] = pending.length === 1 ? ["is", "waits"] : ["are", "wait"];
  return (
    `${pending.join(", ")} of ${name} ${are} not yet as the manifest says and ${wait} for the next ` +
    `\`npx platform set ${name.replace(/^\//, "")}\`: AWS takes it only together with a value`
  );
}

/** Of a parameter that is no longer there. `expiresAt`: the date last known, in ISO 8601, empty for never. */
export function goneMessage(name: string, expiresAt: string, now: Date): string {
  const what =
    expiresAt !== "" && Date.parse(expiresAt) <= now.getTime()
      ? `${name} expired on ${expiresAt} and AWS deleted it`
      : `${name} is gone before its time: someone deleted it`;
  return (
    `${what}; \`pulumi up --refresh --policy-pack policies\` makes it again, unset and shared again, ` +
    `then \`npx platform set ${name.replace(/^\//, "")}\` supplies its value`
  );
}

/** Of a parameter of that name that is none of this plugin's. */
export function foreignMessage(name: string, why: string): string {
  return (
    `there is a parameter ${name} already, and ${why}; its value is left as it is; to take it over run ` +
    `\`pulumi import secrets-platform:index:ExpiringParameter NAME ${name}\`, or else delete or rename it`
  );
}

/** Of a parameter that an earlier run made without getting to tell the engine. */
export function adoptedMessage(name: string): string {
  return `${name} is there from an earlier run and is kept with its value and its expiry date`;
}
