import type { Access } from "../access/access";
import { actionsOf } from "../access/calls";
import type { CallDecision, GateName } from "../access/gates";
import { PolicyReader } from "../access/policies";
import type { Item, Principal } from "../access/types";
import { environmentOf } from "../plan/environmentOf";
import type { Plan, ReadableItem } from "../plan/types";
import { administrator, everything, outsider } from "./assumed";
import { itemsByName, nameOf } from "./intention";
import { itemsOf, rolesOf } from "../plan/contents";

/** What keeps those out of an item who are not meant to read it, each gate by itself enough. */
export interface ItemGates {
  /** ARN. */
  readonly item: string;
  readonly kind: ItemKind;
  readonly service: string;
  readonly environment: string;
  readonly name: string;
  /** A consumer of another service, of the same environment, within its boundary. */
  readonly otherService: readonly GateWord[];
  /** Who may do everything in one of the environment's accounts: of both accounts the one that fewer gates keep out. */
  readonly administrator: readonly GateWord[];
  /** Who may do everything in an account outside the organisation. */
  readonly outsider: readonly GateWord[];
}

/** As far as what can keep anybody out of it differs. */
export type ItemKind = "secret" | "database service's secret" | "SecureString" | "plain parameter";

export type GateWord =
  | "organisation's policies"
  | "secret's policy"
  | "share"
  | "key's policy"
  | "permissions boundary"
  | "own policies"
  | "endpoint's policy";

/**
 * Gates of every item of the Plan that there is, in the Plan's order. A gate counts where it refuses by its own documents
 * alone: one that lets through, or that only another stands in for, counts as none.
 */
export function gatesOf(plan: Plan, access: Access): readonly ItemGates[] {
  const named = itemsByName([...access.model.items.values()].map((item) => ({ arn: item.arn.text, item })));
  const strangers = new Strangers(plan, access);
  return itemsOf(plan).flatMap((planned) =>
    (named.get(nameOf(planned)) ?? []).map(({ item }) => {
      const { service, environment } = planned;
      const against = (by: Principal) => refusing(access, by, item);
      const [one = [], ...others] = strangers.administrators(planned).map(against);
      return {
        item: item.arn.text,
        kind: kindOf(planned),
        service,
        environment,
        name: planned.item,
        otherService: against(strangers.consumer(planned)),
        administrator: others.reduce((least, each) => (each.length < least.length ? each : least), one),
        outsider: against(strangers.outsider),
      };
    }),
  );
}

function kindOf(item: ReadableItem): ItemKind {
  if (item.kind === "secret") return "secret";
  if (item.kind === "managed-secret") return "database service's secret";
  return item.key === undefined ? "plain parameter" : "SecureString";
}

/** Those whom nothing in the Plan means. */
class Strangers {
  readonly outsider: Principal;
  readonly #might = new PolicyReader().read(everything, "identity");
  readonly #boundaries: ReadonlyMap<string, Principal["boundary"]>;

  constructor(
    private readonly plan: Plan,
    private readonly access: Access,
  ) {
    const { account, organisation } = outsider;
    this.outsider = { ...this.#mighty(account), organisation };
    this.#boundaries = new Map(
      rolesOf(plan.consumers).map(({ environment, arn }) => [
        environment,
        access.model.principals.get(arn)?.boundary,
      ]),
    );
  }

  consumer({ environment }: ReadableItem): Principal {
    const { partition, id } = this.plan.organisation;
    const { account } = environmentOf(this.plan, environment).workload;
    const boundary = this.#boundaries.get(environment);
    return {
      arn: `arn:${partition}:iam::${account}:role/services/another-service/another-consumer`,
      account,
      organisation: id,
      identity: [],
      ...(boundary !== undefined && { boundary }),
      controls: this.#controls(account),
    };
  }

  administrators({ environment }: ReadableItem): readonly Principal[] {
    const { security, workload } = environmentOf(this.plan, environment);
    return [security, workload].map(({ account }) => this.#mighty(account));
  }

  #mighty(account: string): Principal {
    const { partition, id } = this.plan.organisation;
    return {
      arn: administrator(partition, account),
      account,
      organisation: id,
      identity: [this.#might],
      controls: this.#controls(account),
    };
  }

  /** Of the administrator whom the documents have in every account. */
  #controls(account: string): Principal["controls"] {
    const known = this.access.model.principals.get(administrator(this.plan.organisation.partition, account));
    return known?.controls ?? [];
  }
}

/** Gates that refuse, of the call that gives the value out and of the one that decrypts it. */
function refusing(access: Access, by: Principal, item: Item): readonly GateWord[] {
  const [action] = actionsOf(item);
  const [value, opened] = access.read(by, item, action!).calls;
  return [
    ...new Set([
      ...closedBy(value, item.kind === "secret" ? "secret's policy" : "share"),
      ...closedBy(opened, "key's policy"),
    ]),
  ];
}

function closedBy(decision: CallDecision | undefined, resource: GateWord): readonly GateWord[] {
  const words: Readonly<Record<GateName, GateWord>> = {
    organisation: "organisation's policies",
    endpoint: "endpoint's policy",
    resource,
    boundary: "permissions boundary",
    identity: "own policies",
  };
  return (decision?.gates ?? []).filter(({ passes }) => !passes).map(({ gate }) => words[gate]);
}
