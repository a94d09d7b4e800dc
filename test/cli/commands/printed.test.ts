import assert from "node:assert/strict";
import type { Command } from "commander";
import { platformProgram } from "../../../cli/program";
import { printedTexts } from "./support/printedTexts";

/**
 * Texts in which `platform NAME` is no command to run: the name of one that is told how it is called, and the mark of
 * values that were never set, which AWS holds.
 */
const names = [/^platform (?:rotate|set) takes /, /^UNSET: supply this value with 'platform set'$/];

/**
 * Options of Pulumi's commands that are printed here.
 * https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/
 */
const pulumiOptions: Readonly<Record<string, readonly string[]>> = {
  up: ["--stack", "--refresh", "--policy-pack"],
  preview: ["--stack", "--refresh", "--diff", "--policy-pack"],
  import: [],
  stack: [],
};

const program = platformProgram();
const commands = new Map<string, Command>(program.commands.map((command) => [command.name(), command]));
const texts = printedTexts();

/** Commands that a text holds: up to what cannot be part of one. */
function printed(pattern: RegExp): readonly (readonly [string, string])[] {
  return texts.flatMap(({ place, text }) =>
    names.some((name) => name.test(text))
      ? []
      : [...text.matchAll(pattern)].map(([command]) => [place, command.trim()] as const),
  );
}

const optionsOf = (command: string) => command.match(/(?<= )--?[a-z][\w-]*/g) ?? [];

describe("commands that are printed", () => {
  const verbs = [...commands.keys()].join("|");

  it("begin with npx, as somebody has to type them", () => {
    const found = printed(new RegExp(`(?:npx )?(?<![\\w/-])platform (?:${verbs})\\b`, "g"));
    assert.ok(found.length > 50, `${found.length}`);
    assert.deepEqual(
      found.filter(([, command]) => !command.startsWith("npx ")),
      [],
    );
  });

  it("are commands of platform, with options that it has", () => {
    const found = printed(/\bnpx platform [^;:,()`"'\n]+/g);
    assert.ok(found.length > 20, `${found.length}`);
    for (const [place, text] of found) {
      const verb = text.split(" ")[2] ?? "";
      const command = commands.get(verb);
      assert.ok(command, `${place}: there is no command ${verb}`);
      for (const option of optionsOf(text)) {
        assert.ok(
          command.options.some(({ long, short }) => long === option || short === option),
          `${place}: platform ${verb} has no ${option}`,
        );
      }
    }
  });

  it("give Pulumi the policies, and options that it has", () => {
    const found = printed(/\bpulumi (?:up|preview|import|stack)\b(?: (?:--[\w-]+(?: (?!--)[\w-]+)?))*/g);
    assert.ok(found.length > 30, `${found.length}`);
    const bare: string[] = [];
    for (const [place, text] of found) {
      const verb = text.split(" ")[1] ?? "";
      const options = optionsOf(text);
      for (const option of options) assert.ok(pulumiOptions[verb]?.includes(option), `${place}: ${text}`);
      if (options.length === 0) bare.push(`${place.replace(/:\d+$/, "")} ${text}`);
      else assert.match(text, / --policy-pack policies/, `${place}: ${text}`);
    }
    // Where Pulumi's command is talked about.
    assert.deepEqual([...new Set(bare)].sort(), [
      "cli/check/command.ts pulumi stack",
      "provider/expiringParameter/messages.ts pulumi import",
      "tools/docs/alarms/alarmsPage.ts pulumi up",
    ]);
  });
});
