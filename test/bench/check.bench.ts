import type { Command } from "./ratio";
import { ratio } from "./ratio";
import { report } from "./report";

const importPulumi: Command = {
  name: "importing Pulumi",
  argv: [process.execPath, "-e", 'require("@pulumi/pulumi")'],
};
const check: Command = { name: "npx platform check", argv: ["npx", "platform", "check"] };

/** The whole of `npx platform check` on the samples: under 3 times an import of Pulumi. */
export function benchCheck(): boolean {
  return report("npx platform check / import of @pulumi/pulumi", ratio(check, importPulumi, 5), 3);
}
