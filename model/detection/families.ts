import { archive } from "./archive";
import { breakGlass } from "./breakGlass";
import { callRules } from "./callRules";
import { changes } from "./changes";
import { cis } from "./cis";
import { custody } from "./custody";
import type { Family } from "./declaration";
import { managedSecrets } from "./managedSecrets";
import { publicKeys } from "./publicKeys";
import { rollout } from "./rollout";
import { securityReads } from "./securityReads";
import { externalAccess, parameterExpiry, rotationFailed } from "./serviceEvents";
import { takeover } from "./takeover";
import { tampering } from "./tampering";
import { trailSilent } from "./trailSilent";
import { watch } from "./watch";
import { workloadReads } from "./workloadReads";

/** All that declare something, in the order of docs/alarms.md. */
export const families: readonly Family[] = [
  workloadReads,
  securityReads,
  managedSecrets,
  rotationFailed,
  breakGlass,
  changes,
  takeover,
  custody,
  publicKeys,
  callRules,
  archive,
  tampering,
  cis,
  trailSilent,
  watch,
  rollout,
  externalAccess,
  parameterExpiry,
];
