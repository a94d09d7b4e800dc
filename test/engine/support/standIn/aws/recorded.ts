import type { Cloud } from "../cloud/cloud";
import type { ResourceHandler } from "../resourceHandler";
import { placeOf } from "./ledgerHandler";
import { knownOutputs, type AwsTarget } from "./target";

/**
 * A handler that makes real calls, with what it makes entered into the ledger, since resources of other types may refer
 * to it. Outputs that every type has (`region`, `tagsAll`) are filled in where the handler leaves them out.
 */
export function recorded(
  cloud: Cloud,
  handler: ResourceHandler<AwsTarget>,
  computed: readonly string[],
): ResourceHandler<AwsTarget> {
  return {
    async create(target, inputs) {
      const created = await handler.create(target, inputs);
      const outputs = { ...knownOutputs(target, inputs, computed), ...created.outputs };
      cloud.put({ ...placeOf(target), id: created.id, inputs, outputs });
      return { id: created.id, outputs };
    },
    async read(target, id, state) {
      const found = await handler.read(target, id, state);
      const known = cloud.find(target.type, target.account, target.region, id);
      // What others made or removed meanwhile is so in the ledger too.
      if (found !== undefined) cloud.put({ ...placeOf(target), id, ...found });
      else if (known !== undefined) cloud.remove(known);
      return found;
    },
    async update(target, id, change) {
      const outputs = {
        ...knownOutputs(target, change.inputs, computed),
        ...(await handler.update(target, id, change)),
      };
      cloud.put({ ...placeOf(target), id, inputs: change.inputs, outputs });
      return outputs;
    },
    async delete(target, id, state) {
      await handler.delete(target, id, state);
      const found = cloud.find(target.type, target.account, target.region, id);
      if (found !== undefined) cloud.remove(found);
    },
  };
}
