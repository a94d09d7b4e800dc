import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../plan/support/samples";

/** Literals of facts about AWS and of limits of ours, and the one file that says each. */
const facts: readonly (readonly [what: string, literal: RegExp, file: string])[] = [
  [
    "a day in milliseconds",
    /86_?400_?000|24 \* 60 \* 60 \* 1000|24 \* hourMilliseconds/,
    "model/aws/days.ts",
  ],
  ["an hour in milliseconds", /3_?600_?000|60 \* 60 \* 1000/, "model/aws/days.ts"],
  ["a Node.js runtime", /"nodejs\d+\.x"/, "model/aws/lambdaRuntimes.ts"],
  ["an end of support", /"(?:python|java|ruby|dotnet)[\d.]+": "\d{4}-/, "model/aws/lambdaRuntimes.ts"],
  ["days between two rotations", /(?<![\w.])90 days|RotationDays = \d/, "model/limits.ts"],
  ["days of a warning", /(?<![\w.])14 days(?! )|[Ww]arn\w*Days = [1-9]/, "model/limits.ts"],
  ["days that logs are kept", /[rR]etentionDays = \d|flowLogDays = \d/, "model/limits.ts"],
  ["days of a deletion", /\? 30 : 7/, "nowhere"],
  ["weekdays of cron", /"SUN", "MON"/, "model/aws/cron.ts"],
  ["an account", /\\d\{12\}\$?[`/]/, "model/aws/textRules.ts"],
  ["the ARN of a function", /:function:\[A-Za/, "nowhere"],
  ["an e-mail address", /\^\[\^\\s@|\+@\$\{hostLabel/, "model/aws/textRules.ts"],
  ["an https address", /\^https:\\\/\\\/\[\^|https:\/\/\$\{hostLabel/, "model/aws/textRules.ts"],
  ["a size of a policy", /20_?480|32_?768(?!,)|6_?144|30_?720 *,$|5_?120/, "model/aws/quotas.ts"],
  ["a parameter's bytes", /Standard: 4_?096|Advanced: 8_?192/, "model/aws/quotas.ts"],
  ["a secret's bytes", /65_?536/, "model/aws/quotas.ts"],
  ["Lambda's memory", /10_?240, unit/, "model/aws/quotas.ts"],
  ["Fargate's memory", /122_?880/, "model/aws/fargate.ts"],
  ["a private key", /PRIVATE KEY/, "model/aws/credentialForms.ts"],
  ["a GitHub token", /ghp_/, "model/aws/credentialForms.ts"],
  ["names of credentials", /"passphrase"/, "model/aws/credentialNames.ts"],
];

const folders = ["aws", "cli", "components", "functions", "model", "policies", "provider", "stacks"];

const sources = folders.flatMap((folder) =>
  readdirSync(path.join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/"))),
);

/** Without comments, which explain. */
function codeOf(file: string): string {
  return readFileSync(path.join(repository, file), "utf8")
    .replace(/\/\*\*?[^]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
}

describe("a fact stands once", () => {
  const code = new Map(sources.map((file) => [file, codeOf(file)]));
  for (const [what, literal, file] of facts) {
    it(what, () => {
      const found = [...code].flatMap(([name, text]) =>
        text.split("\n").some((line) => literal.test(line)) ? [name] : [],
      );
      assert.deepEqual(found, file === "nowhere" ? [] : [file]);
    });
  }
});
