import { all, type Input, type Unwrap } from "@pulumi/pulumi";

/** The values of outputs, once all are known. */
export function settle<T extends readonly Input<string>[]>(...values: T): Promise<Unwrap<T>> {
  return new Promise((resolve) => all([...values]).apply((known) => resolve(known as Unwrap<T>)));
}
