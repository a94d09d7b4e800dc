import { type Command, ratio } from "./ratio";
import { report } from "./report";

const importPulumi: Command = {
  name: "importing Pulumi",
  argv: [process.execPath, "-e", 'require("@pulumi/pulumi")'],
};
const check: Command = { name: "npx platform check", argv: ["npx", "platform", "check"] };

/** What `npx platform check` on the samples may take at most, in imports of Pulumi. */
const allowed = 3.5;

/** The whole of `npx platform check`, npx included, by the wall clock and by CPU time. */
export function benchCheck(): boolean {
  const { wall, cpu } = ratio(check, importPulumi, 5);
  const what = "npx platform check / import of @pulumi/pulumi";
  return [report(`${what}, wall clock`, wall, allowed), report(`${what}, CPU time`, cpu, allowed)].every(
    Boolean,
  );
}
