import { deletionWindowDays } from "../../model/limits";
import { OperationsKey } from "../../components/account/operationsKey";
import { stackValuesProvider } from "../../components/values/valuesProvider";
import { operationsKeyPolicy } from "../../model/documents/operationsKeyPolicy";
import type { SecurityStack } from "../../model/organisation/types";
import { auditing } from "../account/auditing";
import { expiringParameters } from "../account/expiringParameters";
import { peoplesRoles } from "../account/peoplesRoles";
import type { ProgramInput } from "../programInput";
import { protectedNames, refuseUnretired } from "../outputs/retirement";
import { type ArchiveOutputs, readArchive } from "../outputs/securityOutputs";
import { environmentKeys } from "../account/environmentKeys";
import { logArchive } from "./logArchive";
import { publicKeys } from "./publicKeys";
import { rotationEvents } from "./rotationEvents";
import { rotationFunctions } from "./rotationFunctions";
import { rotatingSecrets } from "./rotatingSecrets";
import { platformTags } from "../account/tags";

/**
 * The account that holds keys, secrets and `home: security` parameters, for the environments that its `environments`
 * setting names.
 * Exports what AWS makes up (`SecurityOutputs`).
 */
export async function securityStack(
  input: ProgramInput,
  stack: SecurityStack,
): Promise<Record<string, unknown>> {
  const { plan } = input;
  const held = heldBy(input, stack);
  await refuseUnretired(stack.name, held.names);
  const elsewhere = await archiveElsewhere(input, stack);

  const tags = platformTags(plan, stack.name);
  const operationsKey = new OperationsKey("operations", {
    policy: operationsKeyPolicy(plan.organisation, stack.account),
    deletionWindowDays: deletionWindowDays(held),
    tags,
  });
  const keys = environmentKeys(plan, held.keys);
  const values = stackValuesProvider();
  const rotation = rotationFunctions(input, stack, keys, operationsKey);
  const published = publicKeys(held.parameters);
  const secretArns = await rotatingSecrets(plan, stack, held.secrets, { keys, rotation, values, published });
  expiringParameters(plan, held.parameters, keys, values);
  rotationEvents(plan, stack, tags);
  peoplesRoles(plan, stack.account, tags);
  const archive = logArchive(plan, stack, tags);
  auditing(input, stack, {
    operationsKey,
    archive: elsewhere ?? (() => archive!),
    parameters: held.parameters,
    secrets: held.secrets,
    tags,
  });

  return {
    keyArns: keys.outputs,
    secretArns,
    protectedNames: protectedNames(held),
    ...(archive && { logArchive: { bucketName: archive.bucketName, keyArn: archive.keyArn } }),
  };
}

/**
 * Of the stack that holds the organisation's audit bucket, where another does. Asked for ahead of everything, so that an
 * update that has to wait for that one makes nothing.
 */
async function archiveElsewhere(
  { plan }: ProgramInput,
  { logArchive: own, trail }: SecurityStack,
): Promise<(() => ArchiveOutputs) | undefined> {
  if (own !== undefined) return undefined;
  const read = await readArchive(plan);
  if (trail?.mode !== "existing") read();
  return read;
}

/** The part of the Plan that this stack holds. */
function heldBy({ plan }: ProgramInput, stack: SecurityStack) {
  const here = (thing: { readonly environment: string }) => stack.environments.includes(thing.environment);
  const keys = plan.keys.filter((key) => key.home === "security" && here(key));
  const secrets = plan.secrets.filter(here);
  const parameters = plan.parameters.filter((parameter) => parameter.home === "security" && here(parameter));
  return {
    keys,
    secrets,
    parameters,
    production: plan.environments.some(
      ({ name, production }) => production && stack.environments.includes(name),
    ),
    names: [...keys.map(({ alias }) => alias), ...[...secrets, ...parameters].map(({ name }) => name)],
  };
}
