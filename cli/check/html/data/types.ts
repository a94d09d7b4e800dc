import type { ItemKind } from "../../../../model/proof/gates";
import type { Effect } from "../../../../model/changes/types";

/** All that the page says, as plain data: names and numbers, and no value of a secret or parameter. */
export interface PageData {
  /** ISO 8601, in UTC, to the minute. */
  readonly made: string;
  readonly organisation: { readonly id: string; readonly partition: string; readonly region: string };
  readonly rules: number;
  readonly accounts: readonly AccountData[];
  readonly services: readonly ServiceData[];
  readonly access: AccessData | { readonly undecided: readonly string[] };
  readonly calendar: readonly CadenceData[];
  readonly findings: readonly FindingData[];
  readonly notes: readonly { readonly where: string; readonly note: string }[];
  /** What manifests name and the platform does not make. */
  readonly namedElsewhere: readonly {
    readonly service: string;
    readonly environment: string;
    readonly what: string;
    readonly name: string;
  }[];
  /** Absent where nothing was compared. */
  readonly changes?: ChangesData;
}

export interface AccountData {
  readonly stack: string;
  readonly account: string;
  readonly kind: "security" | "workload";
  /** Of a security account those it holds values for, of a workload account its own. */
  readonly environments: readonly string[];
  readonly resources: number;
  readonly keys: number;
  readonly secrets: number;
  readonly secureStrings: number;
  readonly plainParameters: number;
  readonly rotators: number;
  readonly consumers: number;
  readonly roles: number;
}

export interface ServiceData {
  readonly service: string;
  readonly owners: readonly string[];
  readonly environments: readonly string[];
  /** Items and consumers, of all environments together. */
  readonly secrets: number;
  readonly parameters: number;
  readonly consumers: number;
}

export interface AccessData {
  readonly pairs: number;
  readonly grants: number;
  readonly layers: number;
  readonly matrix: MatrixData;
  readonly gates: readonly GatesData[];
  /** Grants from the account that holds the item to the account of the role, with how many there are. */
  readonly flows: readonly { readonly from: string; readonly to: string; readonly grants: number }[];
  readonly unexpected: readonly {
    readonly principal: string;
    readonly item: string;
    readonly words: string;
    readonly why: string;
    readonly remedy: string;
  }[];
  readonly weakened: readonly WrongDocument[];
  /** By which somebody could open values for himself. */
  readonly openers: readonly WrongDocument[];
}

export interface WrongDocument {
  /** With its statements, as far as they are known. */
  readonly policy: string;
  readonly words: string;
  /** What may be called, or is refused. */
  readonly call: string;
}

/** Who reads what; roles are named by their place in `roles`. */
export interface MatrixData {
  readonly roles: readonly RoleData[];
  readonly groups: readonly MatrixGroup[];
}

export interface RoleData {
  readonly name: string;
  /** `Lambda function api of orders`, or in which account the role is. */
  readonly words: string;
}

/** The items of one service in one environment. */
export interface MatrixGroup {
  readonly service: string;
  readonly environment: string;
  readonly items: readonly MatrixItem[];
}

export interface MatrixItem {
  readonly item: string;
  readonly kind: string;
  readonly description: string;
  /** Account that holds it. */
  readonly account: string;
  /** It says where a consumer's values are, and stands in no manifest. */
  readonly isReferences?: boolean;
  /** How many gates keep another service, an administrator and an outsider out. */
  readonly gates?: readonly [number, number, number];
  readonly readers: readonly number[];
  /** Those of `readers` that are not meant to. */
  readonly unexpected?: readonly number[];
  /** Those that are meant to and cannot. */
  readonly missing?: readonly number[];
}

/** Items that the same gates keep others out of. */
export interface GatesData {
  readonly kind: ItemKind;
  readonly items: number;
  /** One of them: `service/environment/item`. */
  readonly example: string;
  readonly otherService: readonly string[];
  readonly administrator: readonly string[];
  readonly outsider: readonly string[];
}

/** Items that come due at the same pace. */
export interface CadenceData {
  readonly what: "rotates" | "expires" | "reminds" | "elsewhere";
  /** Until it is due at the latest, from the last time; absent where somebody else decides. */
  readonly days?: number;
  /** The schedule as AWS has it, or what is said of it. */
  readonly how: string;
  /** `service/environment/item`, in order. */
  readonly items: readonly string[];
}

export interface FindingData {
  readonly level: "refused" | "advice";
  readonly stack: string;
  /** Empty where it is about the stack. */
  readonly resource: string;
  readonly policy: string;
  readonly message: string;
}

export interface ChangesData {
  /** `main (4f2c1e9)` */
  readonly base: string;
  /** `2 widened, 1 narrowed, 4 other changes` */
  readonly counts: string;
  /** What `--fail-on` says of it; absent where it refuses nothing. */
  readonly refused?: string;
  readonly lines: Readonly<
    Record<
      Effect,
      readonly { readonly mark: string; readonly where: readonly string[]; readonly text: string }[]
    >
  >;
  readonly toRetire: readonly { readonly stack: string; readonly name: string }[];
  readonly toSet: readonly { readonly command: string; readonly why: string }[];
  readonly notCompared: readonly string[];
}
