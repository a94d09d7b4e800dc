import { PlatformRole } from "../../components/account/platformRole";
import { BreakGlassRole } from "../../components/account/breakGlassRole";
import { accountPlace } from "../../model/documents/accountHoldings";
import {
  auditorsPolicy,
  breakGlassPolicy,
  developersPolicy,
  writersPolicy,
} from "../../model/documents/peoplePolicies";
import { breakGlassTrust, peopleTrust } from "../../model/documents/trustPolicies";
import { platformRoleNames } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "./tags";

/** The roles for people that every account has, under `/platform/`; in an account with nothing for them they may do nothing. */
export function peoplesRoles(plan: Plan, account: string, tags: Tags): void {
  const { principals } = plan.organisation;
  const place = accountPlace(plan.organisation, account);
  new PlatformRole("writers", {
    roleName: platformRoleNames.writers,
    description: "Puts values of secrets and parameters, and reads none",
    trust: peopleTrust(place, principals.writers),
    policy: writersPolicy(plan, account),
    tags,
  });
  new PlatformRole("developers", {
    roleName: platformRoleNames.developers,
    description: "Reads parameters of the environments listed for developers",
    trust: peopleTrust(place, principals.developers),
    policy: developersPolicy(plan, account),
    tags,
  });
  new PlatformRole("auditors", {
    roleName: platformRoleNames.auditors,
    description: "Reads trails, never values",
    trust: peopleTrust(place, principals.auditors),
    policy: auditorsPolicy(plan, account),
    tags,
  });
  new BreakGlassRole("break-glass", {
    roleName: platformRoleNames.breakGlass,
    description: "Reads any value of this account when nothing else helps; each use raises an alarm",
    trust: breakGlassTrust(place, principals.breakGlass),
    policy: breakGlassPolicy(plan, account),
    tags,
  });
}
