import { describeParameter } from "../../aws/parameter";
import { soon } from "../../aws/retry";
import { partitionOf } from "../../model/aws/partitions";
import type { SettingName } from "../../model/values/pendingSettings";
import { managedByTag, managedByValue } from "../../model/values/tags";
import type { Session } from "../aws/session";
import type { PluginContext } from "../context";
import { inputChanges, topLevelName } from "../protocol/changes";
import type { Change, Known, ResourceHandler } from "../protocol/handlers";
import { isUnknown, type Properties, unknown } from "../protocol/properties";
import { importedInputs } from "./import";
import { parameterProblems, type ParameterInputs, parameterInputs } from "./inputs";
import { adoptedMessage, foreignMessage, goneMessage, pendingMessage } from "./messages";
import { createParameter, deleteParameter, listTags, programTags, setTags, type Tags } from "./parameter";
import { createdState, observedState, parameterArn, rememberedExpiry, rememberedPending } from "./state";

/**
 * A SecureString with an expiry policy. It is created unset; its value is written by `platform set` alone and never
 * read or written over here. AWS takes policies, description, key and tier only together with a value: changes of
 * those are remembered and applied by the next `platform set`.
 */
export function expiringParameterHandler(context: PluginContext): ResourceHandler {
  return {
    check: (inputs) => ({
      inputs: { description: "", tags: {}, ...inputs },
      problems: parameterProblems(inputs),
    }),

    async diff(known, wanted) {
      const changes = inputChanges(known.inputs, wanted, new Set(["name"]));
      // With changes there is an update, which looks at what still waits.
      if (changes.length > 0 || rememberedPending(known.state).length === 0) return changes;
      return pendingChanges(context, known);
    },

    async create(urn, wanted, preview) {
      const inputs = parameterInputs(wanted);
      if (preview) return { id: "", state: previewedState(context, inputs) };
      const session = await context.session();
      const now = new Date();
      if (await createParameter(session, inputs, now))
        return { id: inputs.name, state: createdState(session, inputs, now) };
      const state = await adopt(session, inputs);
      await context.log.info(urn, adoptedMessage(inputs.name));
      await warnOfPending(context, urn, inputs.name, rememberedPending(state));
      return { id: inputs.name, state };
    },

    async read({ urn, id, state, inputs }) {
      const session = await context.session();
      const observed = await describeParameter(session, id);
      if (observed === undefined) {
        // An import has no state: the engine says by itself that there is nothing to import.
        if ("expiresAt" in state)
          await context.log.warn(urn, goneMessage(id, rememberedExpiry(state), new Date()));
        return undefined;
      }
      if (observed.type !== "SecureString") {
        await context.log.warn(urn, foreignMessage(id, `it is a ${observed.type}, no SecureString`));
        return undefined;
      }
      const tags = await listTags(session, id);
      const known = "name" in inputs ? parameterInputs(inputs) : importedInputs(id, observed);
      const found: ParameterInputs = { ...known, tags: programTags(tags) };
      const newState = observedState(session, found, observed, tags);
      await warnOfPending(context, urn, id, rememberedPending(newState));
      return { id, state: newState, inputs: { ...found } };
    },

    async update(known, wanted, preview) {
      const inputs = parameterInputs(wanted);
      if (preview) {
        const pending = expectedPending(known, wanted);
        await warnOfPending(context, known.urn, inputs.name, pending);
        return { ...known.state, ...inputs, pendingPolicies: pending };
      }
      const session = await context.session();
      const observed = await describeParameter(session, known.id);
      if (observed === undefined)
        throw new Error(goneMessage(known.id, rememberedExpiry(known.state), new Date()));
      const tags = await listTags(session, known.id);
      const formerly = parameterInputs(known.inputs).tags;
      await setTags(session, known.id, { present: tags, formerly, wanted: inputs.tags });
      const state = observedState(session, inputs, observed, tags);
      await warnOfPending(context, known.urn, inputs.name, rememberedPending(state));
      return state;
    },

    async delete({ id }) {
      await deleteParameter(await context.session(), id);
    },
  };
}

/** What a preview knows beforehand; the ARN where the configuration pins the account. */
function previewedState(context: PluginContext, inputs: ParameterInputs): Properties {
  const [account, ...others] = context.allowedAccountIds();
  const region = context.region();
  const partition = region === undefined ? undefined : partitionOf(region);
  const isKnown = account !== undefined && others.length === 0 && !isUnknown(inputs.name);
  return {
    ...inputs,
    arn:
      isKnown && region !== undefined && partition !== undefined
        ? parameterArn(partition, region, account, inputs.name)
        : unknown,
    tier: "Advanced",
    expiresAt: unknown,
    incarnation: unknown,
    pendingPolicies: [],
  };
}

/** Takes over the parameter that an earlier run made and did not get to report; a name alone proves nothing. */
async function adopt(session: Session, inputs: ParameterInputs): Promise<Properties> {
  // Lists lag behind a creation for a moment.
  const observed = await soon(() => describeParameter(session, inputs.name), session.retry);
  if (observed === undefined) {
    throw new Error(
      `AWS says that ${inputs.name} exists and does not list it; repeat the command in a minute, ` +
        "as lists lag behind",
    );
  }
  if (observed.type !== "SecureString")
    throw new Error(foreignMessage(inputs.name, `it is a ${observed.type}, no SecureString`));
  const tags = await listTags(session, inputs.name);
  if (tags[managedByTag] !== managedByValue)
    throw new Error(foreignMessage(inputs.name, "this platform did not make it"));
  if (observed.keyId !== inputs.keyId) {
    const why = `it is under the key ${observed.keyId ?? "of AWS"}, not under ${inputs.keyId}`;
    throw new Error(foreignMessage(inputs.name, why));
  }
  await setTags(session, inputs.name, { present: tags, formerly: {}, wanted: inputs.tags });
  return observedState(session, inputs, observed, tags);
}

/**
 * What the state remembers as waiting may have been applied since. If so the state is to be brought up to date; if
 * not, the person is told again.
 */
async function pendingChanges(context: PluginContext, known: Known): Promise<Change[]> {
  const remembered = rememberedPending(known.state);
  const session = await context.session();
  const observed = await describeParameter(session, known.id);
  if (observed === undefined) return [];
  const current = rememberedPending(observedState(session, parameterInputs(known.inputs), observed, noTags));
  const waiting = current.filter((setting) => remembered.includes(setting));
  if (waiting.length === remembered.length) {
    await warnOfPending(context, known.urn, known.id, waiting);
    return [];
  }
  return [{ path: "pendingPolicies", kind: "update", replaces: false, input: false }];
}

const noTags: Tags = {};

/** What will wait after an update, as far as a preview can tell. */
function expectedPending(known: Known, wanted: Properties): SettingName[] {
  const changed = inputChanges(known.inputs, wanted).map(({ path }) => topLevelName(path));
  const settings: readonly SettingName[] = ["description", "expires", "keyId", "tier"];
  const remembered = rememberedPending(known.state);
  return settings.filter((setting) => changed.includes(setting) || remembered.includes(setting));
}

async function warnOfPending(
  context: PluginContext,
  urn: string,
  name: string,
  pending: readonly SettingName[],
): Promise<void> {
  if (pending.length > 0) await context.log.warn(urn, pendingMessage(name, pending));
}
