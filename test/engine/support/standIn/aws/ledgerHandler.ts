import type { Cloud, CloudResource } from "../cloud/cloud";
import { afterUpdate, withoutDefaultsKey } from "../resourceOperations";
import type { Properties } from "../properties";
import type { Created, Found, ResourceHandler, State, Update } from "../resourceHandler";
import { NewResource } from "./newResource";
import type { OutputRow } from "./outputs/table";
import { recoveryDays } from "./recoveryDays";
import { refuseMissingReference, refuseWhileReferenced } from "./rules/references";
import { refuseTakenName } from "./rules/uniqueNames";
import { knownOutputs, type AwsTarget } from "./target";

/** Answers operations from a row of the output tables and keeps the books in the stand-in cloud. */
export class LedgerHandler implements ResourceHandler<AwsTarget> {
  constructor(
    private readonly cloud: Cloud,
    private readonly row: OutputRow,
    private readonly computed: readonly string[],
  ) {}

  create(target: AwsTarget, inputs: Properties): Created {
    refuseTakenName(this.cloud, target, inputs);
    refuseMissingReference(this.cloud, target, inputs);
    const serial = this.cloud.nextSerial(`${target.account}|${target.urn}`);
    const resource = new NewResource(target, inputs, this.cloud, serial);
    const id = this.row.id(resource);
    const outputs = {
      ...withoutDefaultsKey(inputs),
      ...this.row.outputs?.(resource),
      ...knownOutputs(target, inputs, this.computed),
    };
    this.cloud.put({ ...placeOf(target), id, inputs, outputs });
    return { id, outputs };
  }

  read(target: AwsTarget, id: string): Found | undefined {
    return this.find(target, id);
  }

  update(target: AwsTarget, id: string, { old, inputs }: Update): Properties {
    refuseMissingReference(this.cloud, target, inputs);
    const outputs = {
      ...afterUpdate(old, inputs),
      ...this.row.afterUpdate?.(old.outputs, new NewResource(target, inputs, this.cloud, 1)),
      ...knownOutputs(target, inputs, this.computed),
    };
    this.cloud.put({ ...placeOf(target), id, inputs, outputs });
    return outputs;
  }

  delete(target: AwsTarget, id: string, state: State): void {
    const found = this.find(target, id);
    // What is already gone counts as deleted, as it does for the real provider.
    if (found === undefined) return;
    refuseWhileReferenced(this.cloud, found);
    const days = recoveryDays(target.type, state);
    if (days === 0) this.cloud.remove(found);
    else this.cloud.scheduleDeletion(found, days);
  }

  private find(target: AwsTarget, id: string): CloudResource | undefined {
    const found = this.cloud.find(target.type, target.account, target.region, id);
    return found?.deletionDate === undefined ? found : undefined;
  }
}

/** What the ledger keeps of a target. */
export function placeOf({
  type,
  account,
  region,
  urn,
}: AwsTarget): Pick<CloudResource, "type" | "account" | "region" | "urn"> {
  return { type, account, region, urn };
}
