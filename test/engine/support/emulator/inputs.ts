import type { Properties } from "../standIn/properties";

/** A text among the inputs; undefined where the program left it out. */
export function text(inputs: Properties, name: string): string | undefined {
  const value = inputs[name];
  return typeof value === "string" ? value : undefined;
}

/** A number among the inputs; undefined where the program left it out. */
export function number(inputs: Properties, name: string): number | undefined {
  const value = inputs[name];
  return typeof value === "number" ? value : undefined;
}

/** The inputs as the outputs repeat them, with what AWS adds. */
export function withOutputs(inputs: Properties, added: Properties): Properties {
  const repeated = Object.entries(inputs).filter(([key]) => !key.startsWith("__"));
  return { ...Object.fromEntries(repeated), ...added };
}

/** What a call answers; undefined where AWS says by one of these errors that the thing is not there. */
export async function unlessMissing<T>(
  missing: readonly string[],
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && missing.includes(error.name)) return undefined;
    throw error;
  }
}
