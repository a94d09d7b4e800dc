import { archive } from "./archive";
import type { DecidedDocuments } from "./decided";
import { network } from "./network";
import { notices } from "./notices";
import { pods } from "./pods";
import { roleServices } from "./roleServices";
import { rollout } from "./rollout";
import { rotation } from "./rotation";
import { trusts } from "./trusts";

/** By what the document belongs to. */
export const decidedDocuments: DecidedDocuments = {
  ...notices,
  ...archive,
  ...rotation,
  ...rollout,
  ...network,
  ...trusts,
  ...pods,
  ...roleServices,
};
