import assert from "node:assert/strict";
import type { BuiltStack } from "../../../../cli/inMemory/buildStack";
import type { RegisteredResource } from "../../../../cli/inMemory/registeredResource";
import { NotModelled } from "../../../../model/access/notModelled";
import type { PolicyDocument } from "../../../../model/documents/policy";
import type { Plan } from "../../../../model/plan/types";
import { type AccessProof, proveAccess } from "../../../../model/proof/proof";
import { type ReadType, types } from "../../../../model/proof/registered/stack";

type Properties = Readonly<Record<string, unknown>>;

/** A statement as it is written, to be changed in place. */
export interface Written {
  Sid?: string;
  Principal?: unknown;
  Condition?: Record<string, Record<string, string[] | string>>;
  [element: string]: unknown;
}

/** Stacks as built, to be proved with one thing about them changed. */
export class Tampered {
  constructor(
    private readonly plan: Plan,
    private readonly stacks: readonly BuiltStack[],
  ) {}

  /** The one resource of that type whose name ends so. */
  find(stack: string, type: ReadType, name: string): RegisteredResource {
    const found = this.stacks
      .filter((one) => one.stack === stack)
      .flatMap(({ resources }) => resources)
      .filter((resource) => resource.type === types[type] && resource.urn.endsWith(name));
    assert.equal(found.length, 1, `${found.length} of ${type} ${name}`);
    return found[0]!;
  }

  /** With other properties of that resource. */
  changed(
    stack: string,
    type: ReadType,
    name: string,
    properties: (resource: RegisteredResource) => Properties,
  ): AccessProof {
    const resource = this.find(stack, type, name);
    return this.#proved((one) => (one === resource ? [like(one, properties(one))] : [one]));
  }

  /** With another statement in that resource's policy, or its statements changed in place. */
  document(
    stack: string,
    type: ReadType,
    name: string,
    edit: Written | ((statements: (sid: string) => Written) => void),
  ): AccessProof {
    return this.changed(stack, type, name, ({ inputs }) => {
      const policy = JSON.parse(inputs["policy"] as string) as PolicyDocument;
      const statements = [...policy.Statement] as unknown as Written[];
      if (typeof edit !== "function") statements.push(edit);
      else
        edit((sid) => {
          const found = statements.find(({ Sid }) => Sid === sid);
          assert.ok(found, sid);
          return found;
        });
      return { policy: JSON.stringify({ ...policy, Statement: statements }) };
    });
  }

  /** With more resources in that stack. */
  with(stack: string, ...more: readonly RegisteredResource[]): AccessProof {
    return proveAccess(
      this.plan,
      this.stacks.map((one) =>
        one.stack === stack ? { ...one, resources: [...one.resources, ...more] } : one,
      ),
    );
  }

  #proved(change: (resource: RegisteredResource) => readonly RegisteredResource[]): AccessProof {
    return proveAccess(
      this.plan,
      this.stacks.map((one) => ({ ...one, resources: one.resources.flatMap(change) })),
    );
  }
}

/** Another resource with other properties. */
export function like(resource: RegisteredResource, properties: Properties): RegisteredResource {
  return {
    ...resource,
    inputs: { ...resource.inputs, ...properties },
    outputs: { ...resource.outputs, ...properties },
  };
}

/** Each list may stand as one text. */
export function listIn({ Condition }: Written, operator: string, key: string): string[] {
  const tests = Condition?.[operator];
  assert.ok(tests?.[key] !== undefined, `${operator} ${key}`);
  const list = [tests[key]].flat();
  tests[key] = list;
  return list;
}

/** Names of the policies that say something else than they are to say. */
export function policies({ weakened }: AccessProof): readonly string[] {
  return [...new Set(weakened.map(({ policy }) => policy))];
}

export function assertUndecided(run: () => unknown, reason: RegExp): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof NotModelled, String(error));
    assert.match(error.reasons.join("\n"), reason);
    return true;
  });
}
