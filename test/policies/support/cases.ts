import assert from "node:assert/strict";

import { evaluate, type RegisteredResource } from "../../../policies/pack/evaluate";
import type { Rule } from "../../../policies/rules/rule";
import type { Settings } from "../../../policies/pack/settings";
import { canary } from "./program";

export type Program = RegisteredResource | readonly RegisteredResource[];

export interface Failing {
  readonly program: Program;
  /** How the finding's text after the rule's title begins: the property, or the first words. */
  readonly at: string;
  /** Further text it must hold. */
  readonly says?: string;
  /** Name of the resource it is about, where there are several. */
  readonly on?: string;
  /** How many findings of the rule; 1 unless given. */
  readonly times?: number;
}

export interface Cases {
  /** By what makes them right. */
  readonly passes: Readonly<Record<string, Program>>;
  /** By what is wrong. */
  readonly fails: Readonly<Record<string, Failing>>;
  /** By what is unknown. */
  readonly undecided: Readonly<Record<string, Failing>>;
  readonly settings?: Partial<Settings>;
}

export interface RuleCases {
  readonly rule: Rule;
  readonly cases: Cases;
}

let declared: RuleCases[] = [];

/** What `testRule` is called with meanwhile; mocha hears of no test. */
export function casesDeclaredBy(load: () => void): readonly RuleCases[] {
  const { describe: real } = globalThis;
  declared = [];
  try {
    globalThis.describe = (() => undefined) as unknown as typeof real;
    load();
    return declared;
  } finally {
    globalThis.describe = real;
  }
}

/** Declares the tests of one rule. */
export function testRule(rule: Rule, cases: Cases): void {
  declared.push({ rule, cases });
  const run = (program: Program) =>
    evaluate([rule], listOf(program), cases.settings === undefined ? {} : { settings: cases.settings });

  describe(rule.id, () => {
    for (const [name, program] of Object.entries(cases.passes)) {
      it(`passes: ${name}`, () => assert.deepEqual(run(program), []));
    }
    for (const [name, failing] of Object.entries(cases.fails)) {
      it(`refuses: ${name}`, () => check(rule, failing, rule.level, run(failing.program)));
    }
    for (const [name, failing] of Object.entries(cases.undecided)) {
      it(`cannot decide: ${name}`, () => {
        check(rule, failing, "advisory", run(failing.program));
        assert.match(run(failing.program)[0]?.message ?? "", /could not be decided/);
      });
    }
  });
}

export function listOf(program: Program): readonly RegisteredResource[] {
  return "urn" in program ? [program] : program;
}

function check(rule: Rule, failing: Failing, level: string, found: ReturnType<typeof evaluate>): void {
  assert.equal(found.length, failing.times ?? 1, `findings: ${JSON.stringify(found, undefined, 2)}`);
  const [first] = found;
  assert.ok(first !== undefined);
  assert.equal(first.policy, rule.id);
  assert.equal(first.level, level);
  const text = first.message.slice(rule.title.length + 2);
  assert.ok(text.startsWith(failing.at), `${JSON.stringify(text)} begins with ${JSON.stringify(failing.at)}`);
  if (failing.says !== undefined) assert.ok(text.includes(failing.says), `${text} says ${failing.says}`);
  if (failing.on !== undefined) assert.ok(first.urn.endsWith(`::${failing.on}`), first.urn);
  if (level !== "advisory") assert.doesNotMatch(first.message, /could not be decided/);
  for (const { message } of found) assert.ok(!message.includes(canary), "a finding repeats a value");
}
