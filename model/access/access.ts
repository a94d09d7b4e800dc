import { decrypt, type ReadAction } from "./actions";
import type { Call } from "./call";
import { actionsOf, decryptCall, readCall, resourcesOf, type Way } from "./calls";
import { type CallDecision, decideCall } from "./gates";
import type { AccessDocuments } from "./input";
import { readDocuments } from "./model";
import { NotModelled } from "./notModelled";
import type { AccessModel, Endpoint, Item, Principal } from "./types";

export interface AccessRequest {
  /** ARN of a role, and of an item. */
  readonly principal: string;
  readonly item: string;
  readonly action: ReadAction | typeof decrypt;
  /** For Decrypt; through the service unless given. */
  readonly way?: Way;
  /** Id of the endpoint that the role's own call goes through; none: over the Internet or whatever has no policy. */
  readonly endpoint?: string;
}

/** Whether a role gets the value of an item by one action. */
export interface Reading {
  readonly action: ReadAction;
  readonly allowed: boolean;
  /** Of the value, and for a value under a key the call of Decrypt that goes with it. */
  readonly calls: readonly CallDecision[];
}

/** Decides from documents; made once, asked often. */
export class Access {
  readonly model: AccessModel;

  /** @throws NotModelled with everything in the documents that is not modelled */
  constructor(documents: AccessDocuments) {
    this.model = readDocuments(documents);
  }

  /**
   * One call by itself. Of an item with several ways to be named, that which is let in.
   * @throws Error for a role, item or endpoint that is not among the documents
   * @throws NotModelled where it hangs on what is not known
   */
  decide({ principal, item, action, way = "through the service", endpoint }: AccessRequest): CallDecision {
    const [by, what] = [this.principal(principal), this.item(item)];
    if (action !== decrypt) return this.#read(by, what, action, endpoint);
    if (!isUnderKey(what)) throw new Error(`${item} is under no key`);
    return this.#decrypt(by, what, way, endpoint);
  }

  /** By one action, with all calls that it takes. A SecureString's text can also be decrypted by whoever has it. */
  read(by: Principal, item: Item, action: ReadAction, endpoint?: string): Reading {
    const value = this.#read(by, item, action, endpoint);
    if (!isUnderKey(item)) return { action, allowed: value.allowed, calls: [value] };
    const opened = this.#opened(by, item);
    return { action, allowed: value.allowed && opened.allowed, calls: [value, opened] };
  }

  /** Actions by which the role gets the value. */
  actions(by: Principal, item: Item, endpoint?: string): readonly ReadAction[] {
    const named = actionsOf(item).filter(
      (action) => mayBeNamed(by, item, action) && this.#read(by, item, action, endpoint).allowed,
    );
    // What decrypts the value is the same whichever call asked for it.
    return named.length > 0 && (!isUnderKey(item) || this.#opened(by, item).allowed) ? named : [];
  }

  principal(arn: string): Principal {
    return known(this.model.principals, arn);
  }

  item(arn: string): Item {
    return known(this.model.items, arn);
  }

  #read(by: Principal, item: Item, action: ReadAction, endpoint?: string): CallDecision {
    let last: CallDecision | undefined;
    for (const resource of resourcesOf(item, action)) {
      last = this.#decide(by, readCall(by, item, { action, resource, endpoint }), item.policy, false);
      if (last.allowed) return last;
    }
    return last!;
  }

  #decrypt(by: Principal, item: ItemUnderKey, way: Way, endpoint?: string): CallDecision {
    const { key, services } = item.underKey;
    const decide = (call: Call) => this.#decide(by, call, key.policy, true);
    if (way === "directly") return decide(decryptCall(by, item, undefined, endpoint));
    const [first, ...others] = services.map((service) => decide(decryptCall(by, item, service)));
    if (others.some(({ allowed }) => allowed !== first!.allowed)) {
      throw new NotModelled([`${by.arn} and ${item.arn.text}: under which domain the service shows itself`]);
    }
    return first!;
  }

  /** Whichever way of decrypting is let in; a secret's ciphertext never leaves its service. */
  #opened(by: Principal, item: ItemUnderKey): CallDecision {
    const through = this.#decrypt(by, item, "through the service");
    if (through.allowed || item.kind === "secret") return through;
    const direct = this.#decrypt(by, item, "directly");
    return direct.allowed ? direct : through;
  }

  #decide(by: Principal, call: Call, resource: Item["policy"], isKey: boolean): CallDecision {
    return decideCall(call, {
      controls: by.controls,
      endpoint: call.endpoint === undefined ? undefined : this.#endpoint(call.endpoint, call).policy,
      resource,
      isKey,
      boundary: by.boundary,
      identity: by.identity,
    });
  }

  #endpoint(id: string, { action }: Call): Endpoint {
    const found = known(this.model.endpoints, id);
    if (!action.startsWith(`${found.service}:`))
      throw new Error(`${action} does not go through the endpoint ${id}`);
    return found;
  }
}

type ItemUnderKey = Item & Required<Pick<Item, "underKey">>;

function isUnderKey(item: Item): item is ItemUnderKey {
  return item.underKey !== undefined;
}

/** Nothing stands for a role's own policies at a parameter, so an action that none of them names needs no asking. */
function mayBeNamed({ identity }: Principal, { kind }: Item, action: ReadAction): boolean {
  return kind === "secret" || identity.some(({ byAction }) => byAction.has(action));
}

function known<T>(all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name);
  if (found === undefined) throw new Error(`${name} is not among the documents`);
  return found;
}
