import { installedVersion } from "../installedVersion";
import type { Provider } from "../provider";
import type { ResourceTarget } from "../resourceHandler";
import type { ResourceType } from "../resourceType";
import { afterUpdate, withoutDefaultsKey } from "../resourceOperations";
import { generators, type Generator } from "./generators";

/** Stand-in for the random provider. Its values are random indeed: only the state remembers them. */
export function randomProvider(): Provider {
  return {
    name: "random",
    version: installedVersion("@pulumi/random"),
    configure: () => ({ target: (target) => target, resourceType, invoke }),
  };
}

function resourceType(type: string): ResourceType<ResourceTarget> {
  const generator = generators[type];
  if (generator === undefined) throw new Error(`the stand-in for random has no resource type ${type}`);
  return {
    handler: handlerOf(generator),
    computed: generator.computed,
    volatile: [],
    secrets: generator.secrets ?? [],
    replaceOn: generator.replaceOn,
    defaults: generator.defaults ?? {},
    autoname: undefined,
  };
}

function handlerOf(generator: Generator): ResourceType<ResourceTarget>["handler"] {
  return {
    create(_, inputs) {
      const { id, outputs } = generator.generate(inputs);
      return { id, outputs: { ...withoutDefaultsKey(inputs), ...outputs } };
    },
    // There is nothing but the state to read from.
    read: (_, __, state) => state,
    update: (_, __, { old, inputs }) => afterUpdate(old, inputs),
    delete: () => undefined,
  };
}

function invoke(token: string): never {
  throw new Error(`the stand-in for random does not know the function ${token}`);
}
