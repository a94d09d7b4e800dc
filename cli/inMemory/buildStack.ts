import * as pulumi from "@pulumi/pulumi";
import { setMockOptions } from "@pulumi/pulumi/runtime/settings";
import type { CloudOutputs } from "./cloudOutputs";
import { InMemoryMonitor } from "./monitor";
import type { RegisteredResource } from "./registeredResource";

export interface BuiltStack {
  readonly stack: string;
  readonly account: string;
  readonly resources: readonly RegisteredResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface StackToBuild {
  readonly project: string;
  readonly stack: string;
  readonly account: string;
  readonly cloud: CloudOutputs;
  readonly invoke: (token: string, inputs: Record<string, unknown>) => Record<string, unknown>;
  /**
   * Let the program take it for a preview; its resources are answered for all the same.
   * @default an update
   */
  readonly dryRun?: boolean;
  /** The program; it returns the stack's outputs. */
  readonly program: () => Promise<Record<string, unknown>>;
}

/** DIY backends call the organisation of every stack so. */
export const organisationOfStacks = "organization";

/**
 * Runs a program as `pulumi up` would, in this process and without an engine. One at a time: Pulumi's runtime is global.
 * Throws what the program throws, and what goes wrong in a registration.
 */
export async function buildStack(todo: StackToBuild): Promise<BuiltStack> {
  const monitor = new InMemoryMonitor(todo.project, todo.stack, todo.cloud, todo.invoke);
  // Switches on the features mocks have; then our monitor takes the place of the mock one.
  const { project, stack, dryRun = false } = todo;
  await pulumi.runtime.setMocks(unusedMocks, project, stack, dryRun, organisationOfStacks);
  setMockOptions(monitor, project, stack, dryRun, organisationOfStacks);
  const outputs = await withoutUnhandled(async () => {
    const exported = pulumi.output(await todo.program());
    await pulumi.runtime.disconnect();
    return exported;
  });
  const settled = await valueOf(outputs);
  monitor.finish(settled);
  return { stack, account: todo.account, resources: monitor.registered, outputs: settled };
}

/**
 * A registration that is refused, or an `apply` that throws, rejects promises that nobody waits for, and what hangs on
 * them never comes. Pulumi's own host ends the program for the first of them, and so does this.
 */
async function withoutUnhandled<T>(run: () => Promise<T>): Promise<T> {
  let note: (reason: unknown) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => (note = reject));
  process.on("unhandledRejection", note);
  try {
    return await Promise.race([failed, run().then(settled)]);
  } finally {
    // What else the first one brings down is told by it.
    await settled(undefined);
    process.off("unhandledRejection", note);
  }
}

/** The value, once Node has told of every rejection so far that nobody handles. */
function settled<T>(value: T): Promise<T> {
  return new Promise((resolve) => setImmediate(() => resolve(value)));
}

/** Once all registrations have been answered, every output has a value. */
function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply((value) => resolve(value)));
}

const unusedMocks: pulumi.runtime.Mocks = {
  call: () => ({}),
  newResource: ({ name, inputs }) => ({ id: name, state: inputs as Record<string, unknown> }),
};
