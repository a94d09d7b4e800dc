import { rolePatterns } from "../aws/singleSignOn";
import type { Problem } from "../yaml/problem";
import type { SharedSettings } from "./schema";
import type { SettingsFile } from "./settingsFile";

/** Who could change the role by which they act could give themselves anything. */
export function foundation(project: SettingsFile, { principals }: SharedSettings): Problem[] {
  const { deployer, administrators } = principals;
  return (principals.foundation ?? []).flatMap((role, index) =>
    [deployer, ...administrators].some((other) => isSame(role, other))
      ? [
          project.problem(["principals", "foundation", index], {
            found: `${role} is ${isSame(role, deployer) ? "the deployer" : "an administrator"} too`,
            allowed:
              "who makes the deployer and the administrators is neither, as nobody may change their own role",
            remedy: "name the role by which the management account makes it, such as `stacksets-exec-*`",
          }),
        ]
      : [],
  );
}

/** The role, in whatever spelling of its path. */
function isSame(one: string, other: string): boolean {
  const patterns = rolePatterns(other);
  return rolePatterns(one).some((pattern) => patterns.includes(pattern));
}
