import { OperationsKey } from "../components/account/operationsKey";
import { stackValuesProvider } from "../components/values/valuesProvider";
import { operationsKeyPolicy } from "../model/documents/operationsKeyPolicy";
import { organisationPolicy } from "../model/documents/organisationPolicy";
import type { SecurityStack } from "../model/organisation/types";
import { auditing } from "./auditing";
import { expiringParameters } from "./expiringParameters";
import { peoplesRoles } from "./peoplesRoles";
import type { ProgramInput } from "./program";
import { protectedNames, refuseUnretired } from "./retirement";
import { readArchive } from "./securityOutputs";
import { environmentKeys } from "./environmentKeys";
import { logArchive } from "./security/logArchive";
import { rotationEvents } from "./security/rotationEvents";
import { rotationFunctions } from "./security/rotationFunctions";
import { rotatingSecrets } from "./security/rotatingSecrets";
import { platformTags } from "./tags";

/**
 * The account that holds keys, secrets and central parameters, for the environments its `environments` setting names.
 * Exports what AWS makes up (`SecurityOutputs`) and the policy for the organisation's management account.
 */
export async function securityStack(
  input: ProgramInput,
  stack: SecurityStack,
): Promise<Record<string, unknown>> {
  const { plan } = input;
  const held = heldBy(input, stack);
  await refuseUnretired(stack.name, held.names);

  const tags = platformTags(plan, stack.name);
  const operationsKey = new OperationsKey("operations", {
    policy: operationsKeyPolicy(plan.organisation, stack.account),
    deletionWindowDays: held.production ? 30 : 7,
    tags,
  });
  const keys = environmentKeys(plan, held.keys);
  const values = stackValuesProvider();
  const rotation = rotationFunctions(input, stack, keys, operationsKey);
  const secretArns = await rotatingSecrets(plan, stack, held.secrets, keys, rotation, values);
  expiringParameters(plan, held.parameters, keys, values);
  rotationEvents(plan, stack, tags);
  peoplesRoles(plan, stack.account, tags);
  const archive = logArchive(plan, stack, tags);
  auditing(input, stack, {
    operationsKey,
    archive: archive ? () => archive : await readArchive(plan),
    parameters: held.parameters,
    secrets: held.secrets,
    tags,
  });

  return {
    keyArns: keys.outputs,
    secretArns,
    protectedNames: protectedNames(held),
    organisationPolicy: JSON.stringify(organisationPolicy(plan.organisation)),
    ...(archive && { logArchive: { bucketName: archive.bucketName, keyArn: archive.keyArn } }),
  };
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
