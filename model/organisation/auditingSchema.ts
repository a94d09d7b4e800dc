import { emailAddresses, httpsAddresses } from "../aws/textRules";
import { integer, list, oneOf, section, text } from "../yaml/expectation";
import { rolesOfOneAccount } from "./roleNames";

const octet = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

const addressRange = text(
  new RegExp(`^(?:${octet}\\.){3}${octet}(?:/(?:[89]|[12]\\d|3[0-2]))?$`),
  "must be an IPv4 address or a range of /8 to /32, such as `203.0.113.0/24`",
);

const emailAddress = text(emailAddresses.pattern, "must be an e-mail address");

const httpsEndpoint = text(
  httpsAddresses.pattern,
  "must be an https address without user, query or fragment",
);

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const slackChannel = section("a Slack channel", {
  workspace: text(/^T[A-Z0-9]{7,15}$/, "must be the identifier of a workspace, such as `T0123ABCDEF`"),
  channel: text(/^[CG][A-Z0-9]{7,15}$/, "must be the identifier of a channel, such as `C0123ABCDEF`"),
});

const teamsChannel = section("a Teams channel", {
  tenant: text(uuid, "must be the identifier of a tenant, a UUID"),
  team: text(uuid, "must be the identifier of a team, a UUID"),
  channel: text(
    /^19:[\w-]+@thread\.(?:tacv2|skype)$/,
    "must be the identifier of a channel, such as `19:0123abcd@thread.tacv2`",
  ),
});

/** Settings of what is recorded, watched and told, the same for every kind of stack; all may be absent. */
export const auditingSettings = {
  "secrets-platform:trail": oneOf(["create", "existing"]).optional(),
  "secrets-platform:trailLogGroup": text(
    /^[A-Za-z0-9_/.#-]{1,512}$/,
    "must be the name of a log group, such as `audit/cloudtrail`",
  ).optional(),
  "secrets-platform:accessAnalyzer": oneOf(["create", "existing"]).optional(),
  "secrets-platform:alarms": section("`alarms`", {
    namePrefix: text(
      /^[a-z][a-z0-9-]{0,30}[a-z0-9]$/,
      "must be 2 to 32 lower-case letters, digits and hyphens",
    ).optional(),
    expectedAddresses: list("addresses", addressRange).optional(),
    expectedRoles: list("roles", rolesOfOneAccount()).optional(),
    outsideNetwork: list("roles", rolesOfOneAccount()).optional(),
    readsInFiveMinutes: integer(2, 10_000_000, "reads").optional(),
    readsBand: integer(2, 20, "standard deviations").optional(),
    deniedReads: integer(1, 10_000, "reads").optional(),
    unauthorisedCalls: integer(1, 10_000, "calls").optional(),
    failedSignIns: integer(1, 10_000, "sign-ins").optional(),
    deployerChanges: oneOf(["ignore", "report"]).optional(),
  }).optional(),
  "secrets-platform:notices": section("`notices`", {
    email: list("addresses", emailAddress).optional(),
    owners: list("addresses", emailAddress).optional(),
    https: list("addresses", httpsEndpoint).optional(),
    slack: list("Slack channels", slackChannel).optional(),
    teams: list("Teams channels", teamsChannel).optional(),
  }).optional(),
};
