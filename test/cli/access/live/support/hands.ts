import assert from "node:assert/strict";
import { CreateVpcEndpointCommand, DeleteVpcEndpointsCommand } from "@aws-sdk/client-ec2";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { GetResourcePolicyCommand, PutResourcePolicyCommand } from "@aws-sdk/client-secrets-manager";
import type { DeployedAccount } from "../../../../../model/proof/live/deployed";
import { type Deployed, putKeyPolicy } from "./deploy";
import { allow, type Edit } from "./edits";
import { prod, security, token } from "./names";
import type { HeldShare, StandIn } from "./standIn";
import type { Tamper, Undo } from "./state";

export type Hands = ReturnType<typeof handsOn>;

/**
 * Who changes what is deployed, past the program; each change undoes itself.
 *
 * @param deployed and standIn, which are there once a test runs
 * @param clean what was read before any change, by account
 */
export function handsOn(
  deployed: () => Deployed,
  standIn: () => StandIn,
  clean: ReadonlyMap<string, DeployedAccount>,
) {
  return {
    get deployedShares() {
      return deployed().shares;
    },
    get standIn() {
      return standIn();
    },
    auditor: (account: string) => deployed().auditor(account),
    at,
    keyNamed,
    secretPolicy,
    keyPolicy,
    rolePolicy,
    trust,
    endpointIn,
    attach,
    role,
    share,
  };

  function at(account: string, region = "eu-west-1") {
    return deployed().auditor(account).in(region);
  }

  function keyNamed(alias: string, account = security, region = "eu-west-1"): string {
    const key = clean
      .get(account)
      ?.keys.find(({ arn, aliases }) => aliases.includes(alias) && arn.includes(`:${region}:`));
    return key?.arn ?? assert.fail(alias);
  }

  function secretPolicy(SecretId: string, edit: Edit): Tamper {
    return async () => {
      const { secrets } = at(security);
      const { ResourcePolicy = "" } = await secrets.send(new GetResourcePolicyCommand({ SecretId }));
      const put = (text: string) =>
        secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: text }));
      await put(edit(ResourcePolicy));
      return () => put(ResourcePolicy);
    };
  }

  function keyPolicy(account: string, alias: string, edit: Edit, region = "eu-west-1"): Tamper {
    return async () => {
      const KeyId = keyNamed(alias, account, region);
      const { kms } = at(account, region);
      const { Policy = "" } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
      await putKeyPolicy(kms, KeyId, edit(Policy));
      return () => putKeyPolicy(kms, KeyId, Policy);
    };
  }

  function rolePolicy(RoleName: string, statement: object): Tamper {
    return async () => {
      const { iam } = deployed().auditor(RoleName === "secrets-writers" ? security : prod);
      const policy = { RoleName, PolicyName: "by-hand" };
      await iam.send(
        new PutRolePolicyCommand({
          ...policy,
          PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
        }),
      );
      return () => iam.send(new DeleteRolePolicyCommand(policy));
    };
  }

  function trust(RoleName: string, edit: Edit, account = prod): Tamper {
    return async () => {
      const { iam } = deployed().auditor(account);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      const was = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
      const put = (PolicyDocument: string) =>
        iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      await put(edit(was));
      return () => put(was);
    };
  }

  /** In production's account; lets everything through, as one without a policy of its own. */
  async function endpointIn(VpcId: string | undefined): Promise<Undo> {
    const { ec2 } = at(prod);
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId,
        VpcEndpointType: "Interface",
        ServiceName: "com.amazonaws.eu-west-1.ssm",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [allow("*", "*")] }),
      }),
    );
    return () =>
      ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpoint?.VpcEndpointId ?? ""] }));
  }

  function attach(RoleName: string, statement: object): Tamper {
    return async () => {
      const { iam } = deployed().auditor(prod);
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "by-hand", PolicyDocument }));
      const PolicyArn = Policy?.Arn;
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      return () => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    };
  }

  function role(Path: string, RoleName: string, statement: object): Tamper {
    return async () => {
      const { iam } = deployed().auditor(prod);
      await iam.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: "{}" }));
      const undo = await rolePolicy(RoleName, statement)();
      return async () => {
        await undo();
        await iam.send(new DeleteRoleCommand({ RoleName }));
      };
    };
  }

  function share(change: (one: HeldShare) => HeldShare): Tamper {
    return () => {
      standIn().shares = standIn().shares.map((one) =>
        one.items.some((item) => item.endsWith(token)) ? change(one) : one,
      );
      return () => (standIn().shares = deployed().shares);
    };
  }
}
