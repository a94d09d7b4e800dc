import { describeSecret } from "../../aws/secret";
import { generatedLength } from "../../model/values/generated";
import type { PluginContext } from "../context";
import { inputChanges } from "../protocol/changes";
import type { Change, Known, ResourceHandler } from "../protocol/handlers";
import { type Properties, unknown } from "../protocol/properties";
import { changedShape, markChangedOrigin, noteAskedConnection } from "./changedShape";
import { ensureFirstValue } from "./ensure";
import { secretValueProblems, secretValueInputs } from "./inputs";

/**
 * The first value of a secret, made here so that it never enters the program or its state. Once the secret has a
 * value, whoever wrote it, this resource reads metadata only and writes nothing.
 */
export function secretValueHandler(context: PluginContext): ResourceHandler {
  return {
    check: (inputs) => ({
      inputs: { length: generatedLength, ...inputs },
      problems: secretValueProblems(inputs),
    }),
    diff: (known, wanted) => Promise.resolve(changes(known, wanted)),

    async create(_urn, wanted, preview) {
      if (preview) return { id: "", state: { ...wanted, versionId: unknown } };
      const inputs = secretValueInputs(wanted);
      const session = await context.session();
      const versionId = await ensureFirstValue(session, inputs);
      return { id: inputs.secretId, state: { ...wanted, versionId } };
    },

    async read({ id, state, inputs }) {
      const secret = await describeSecret(await context.session(), id);
      if (secret?.current === undefined || secret.deletedAt !== undefined) return undefined;
      const found = { ...inputs, secretId: secret.arn };
      return {
        id: secret.arn,
        state: { ...state, ...found, versionId: state.versionId ?? secret.current },
        inputs: found,
      };
    },

    async update(known, wanted, preview) {
      await context.log.warn(known.urn, changedShape(known.inputs, wanted));
      if (!preview) {
        await markChangedOrigin(context, known.inputs, wanted);
        await noteAskedConnection(context, known.inputs, wanted, new Date());
      }
      return { ...wanted, versionId: known.state.versionId };
    },

    // The value goes with its secret, after the secret's recovery window.
    delete: () => Promise.resolve(),
  };
}

function changes({ inputs }: Known, wanted: Properties): Change[] {
  const found = inputChanges(inputs, wanted, new Set(["secretId"]));
  // An import cannot see the shape without reading the value.
  return inputs.shape === undefined ? found.filter(({ replaces }) => replaces) : found;
}
