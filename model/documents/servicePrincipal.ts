import type { ServicePlace } from "../aws/servicePrincipals";
import type { Sent, ServiceAt } from "../aws/serviceUse";
import { servicePrincipal } from "../plan/arns";
import type { Condition, Principal } from "./policy";

/** On whose behalf a service may act, by keys that it sends at that place; at least one. */
export type Source<Name extends ServiceAt<Place>, Place extends ServicePlace> = Partial<
  Readonly<Record<Sent<Name, Place>, string | readonly string[]>>
>;

/** Nothing may be asked of a service that sends nothing. */
export type SourceArgument<Name extends ServiceAt<Place>, Place extends ServicePlace> = [
  Sent<Name, Place>,
] extends [never]
  ? readonly []
  : readonly [source: Source<Name, Place>];

export interface FromService {
  readonly Principal: Principal;
  readonly Condition?: Condition;
}

/**
 * Principal and condition of a statement that lets a service do something on some resources' behalf: by the keys that
 * it sends there (`servicePrincipals`), and by no other.
 */
export function fromService<Place extends ServicePlace, Name extends ServiceAt<Place>>(
  _place: Place,
  name: Name,
  ...[source]: SourceArgument<Name, Place>
): FromService {
  const Principal = { Service: servicePrincipal(name) };
  if (source === undefined) return { Principal };
  const { "aws:SourceAccount": account, "aws:SourceArn": arn } = source as Source<"events", "role">;
  if (account === undefined && arn === undefined) throw new Error(`${name} would act for anyone`);
  return {
    Principal,
    Condition: {
      ...(account !== undefined && { StringEquals: { "aws:SourceAccount": account } }),
      ...(arn !== undefined && { ArnLike: { "aws:SourceArn": arn } }),
    },
  };
}
