import { administrators } from "./administrators";
import { awsNames } from "./awsNames";
import { builds } from "./builds";
import { builtCompute } from "./builtCompute";
import { closedTexts } from "./closedTexts";
import { code } from "./code";
import { databaseHosts } from "./databaseHosts";
import { databaseNames } from "./databaseNames";
import { databaseRotation, rotationNetworks } from "./databaseRotation";
import { databaseUrls } from "./databaseUrls";
import { databaseUserNames } from "./databaseUserNames";
import { databaseUsersOnce } from "./databaseUsersOnce";
import { knownEnvironments, perEnvironmentMaps } from "./environments";
import { externalSecrets } from "./externalSecrets";
import { fargateSizes } from "./fargateSizes";
import { foreignArns } from "./foreignArns";
import { functionLayers } from "./functionLayers";
import { generatedForms } from "./generatedForms";
import { initContainers } from "./initContainers";
import { injection, reservedVariables } from "./injection";
import { instanceProcessors } from "./instanceProcessors";
import { itemNames, reservedItemNames } from "./itemNames";
import { managedAdminServer } from "./managedAdminServer";
import { managedOnce } from "./managedOnce";
import { parameterValues } from "./parameterValues";
import { pods } from "./pods";
import { references, repeatedReads } from "./references";
import { plainVariables } from "./plainVariables";
import { registryLogins } from "./registryLogins";
import { replicas } from "./replicas";
import { rolloutOnce } from "./rolloutOnce";
import { rotationFunctions } from "./rotationFunctions";
import type { Rule } from "./rule";
import { secretShape } from "./secretShape";
import { taskContainers } from "./taskContainers";
import { variables } from "./variables";
import { writtenFiles } from "./writtenFiles";
import { holdsSomething, serviceName } from "./serviceName";
import { sharing } from "./sharing";

/** Every cross-check, each in a file of its own. */
export const rules: readonly Rule[] = [
  closedTexts,
  serviceName,
  holdsSomething,
  knownEnvironments,
  perEnvironmentMaps,
  itemNames,
  reservedItemNames,
  secretShape,
  generatedForms,
  externalSecrets,
  databaseRotation,
  administrators,
  databaseHosts,
  databaseNames,
  databaseUrls,
  databaseUserNames,
  databaseUsersOnce,
  rotationNetworks,
  foreignArns,
  rotationFunctions,
  managedOnce,
  managedAdminServer,
  rolloutOnce,
  replicas,
  parameterValues,
  references,
  repeatedReads,
  sharing,
  injection,
  reservedVariables,
  plainVariables,
  variables,
  fargateSizes,
  pods,
  taskContainers,
  initContainers,
  writtenFiles,
  registryLogins,
  functionLayers,
  instanceProcessors,
  code,
  builds,
  builtCompute,
  awsNames,
];
