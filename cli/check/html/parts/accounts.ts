import type { AccountData, PageData, ServiceData } from "../data/types";
import { markup, type Markup } from "../markup";
import { flowPicture } from "./flowPicture";
import { folded, section, table } from "./tables";

/** More services than this are folded away. */
const openServices = 25;

export function accounts({ accounts: all, access }: PageData): Markup {
  const flows = "undecided" in access ? [] : access.flows;
  const nameOf = (account: string) => all.find((one) => one.account === account)?.stack ?? account;
  const rows = flows.map(
    ({ from, to, grants }) => [nameOf(from), from === to ? "the same account" : nameOf(to), grants] as const,
  );
  const asTable = table(
    "Grants by account",
    [{ title: "Values of" }, { title: "are read in" }, { title: "Grants", isNumber: true }],
    rows,
  );
  return section(
    "accounts",
    "Accounts",
    markup`<figure class="flow">${flowPicture(all, flows)}
<figcaption>Where keys and values are, and from which account they are read. Each arrow is a number of grants.</figcaption></figure>`,
    asTable && folded("The arrows as a table", asTable, false),
    table("What each account holds", accountColumns, all.map(accountRow)),
  );
}

const numbers = [
  ["Keys", "keys"],
  ["Secrets that rotate", "secrets"],
  ["SecureStrings", "secureStrings"],
  ["Parameters, plain", "plainParameters"],
  ["Rotation functions", "rotators"],
  ["Consumers", "consumers"],
  ["Their roles", "roles"],
  ["Resources in all", "resources"],
] as const;

const accountColumns = [
  { title: "Stack" },
  { title: "Account" },
  { title: "Kind" },
  { title: "Environments" },
  ...numbers.map(([title]) => ({ title, isNumber: true })),
];

function accountRow(one: AccountData): readonly [string, ...(string | number)[]] {
  const { stack, account, kind, environments } = one;
  return [stack, account, kind, environments.join(", "), ...numbers.map(([, key]) => one[key])];
}

export function services({ services: all }: PageData): Markup {
  const body = table("Services, with what they own", serviceColumns, all.map(serviceRow));
  return section(
    "services",
    "Services",
    body === undefined
      ? markup`<p>There is no manifest yet: this is the base alone.</p>`
      : all.length > openServices
        ? folded(`All ${all.length} services`, body, false)
        : body,
  );
}

const serviceColumns = [
  { title: "Service" },
  { title: "Owner" },
  { title: "Environments" },
  { title: "Secrets", isNumber: true },
  { title: "Parameters", isNumber: true },
  { title: "Consumers", isNumber: true },
];

/** The link leads to the matrix, and the script shows that service there. */
function serviceRow(one: ServiceData): readonly [Markup, ...(string | number)[]] {
  const { service, owners, environments, secrets, parameters, consumers } = one;
  return [
    markup`<a href="#access" data-service="${service}">${service}</a>`,
    ...[owners.join(", "), environments.join(", "), secrets, parameters, consumers],
  ];
}
