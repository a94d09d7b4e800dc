import assert from "node:assert/strict";
import {
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
} from "@aws-sdk/client-ec2";
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SetDefaultPolicyVersionCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  GetKeyPolicyCommand,
  RevokeGrantCommand,
} from "@aws-sdk/client-kms";
import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  RestoreSecretCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { DeleteParameterCommand, PutParameterCommand } from "@aws-sdk/client-ssm";
import { isUnread, readAccount } from "../../../../cli/access/live/readAccount";
import type { BuiltStack } from "../../../../cli/inMemory/buildStack";
import type { Plan } from "../../../../model/plan/types";
import { compareDeployed, type LiveAnswer } from "../../../../model/proof/live/compareDeployed";
import type { DeployedAccount } from "../../../../model/proof/live/deployed";
import { registeredDocuments } from "../../../../model/proof/registered/documents";
import { built } from "../../../stacks/support/built";
import { provided } from "../../../support/leftOut";
import { type Moto, startMoto } from "../../../support/moto/startMoto";
import { canary, deploy, type Deployed, putKeyPolicy } from "./support/deploy";
import { type HeldShare, type StandIn, startStandIn } from "./support/standIn";

describe("platform access --live", function () {
  this.timeout(600_000);
  let moto: Moto | undefined;
  let standIn: StandIn;
  let deployed: Deployed;
  let plan: Plan;
  let stacks: readonly BuiltStack[];
  const clean = new Map<string, DeployedAccount>();
  const accounts = { security: "111111111111", staging: "222222222222", prod: "333333333333" };

  before(async function () {
    moto = await provided(this, startMoto);
    standIn = await startStandIn(moto.endpoint);
    ({ plan, stacks } = await built("aws"));
    const registered = registeredDocuments(stacks, plan.organisation.id);
    const managed = plan.managedSecrets.map(({ arn }) => arn);
    deployed = await deploy(registered, managed, moto, standIn);
    for (const account of Object.values(accounts)) clean.set(account, await read(account));
  });

  after(async () => {
    await standIn?.stop();
    await moto?.stop();
  });

  async function read(account: string): Promise<DeployedAccount> {
    const found = await readAccount(plan, deployed.auditor(account));
    if (isUnread(found)) assert.fail(found.reasons.join("\n"));
    return found;
  }

  async function answer(account?: string): Promise<LiveAnswer> {
    const now = new Map(clean);
    if (account !== undefined) now.set(account, await read(account));
    return compareDeployed(plan, stacks, [...now.values()]);
  }

  it("finds nothing where all is as the stacks made it", async () => {
    const { differences, undecided, pairs, open, layers } = await answer();
    assert.deepEqual(differences, []);
    assert.deepEqual(undecided, []);
    assert.ok(pairs > 3_000 && open > 150 && layers > 100, `${pairs} ${open} ${layers}`);
  });

  const { security, staging, prod } = accounts;
  const api = "orders-prod-api";
  const stranger = "444444444444";
  const database = "orders/prod/database";
  const token = "/orders/prod/partner-token";

  /** What is done by hand, where, how it is undone, and what the answer has to say. */
  const states: readonly State[] = [
    {
      name: "a secret's policy lets another account in",
      account: security,
      tamper: secretPolicy(
        database,
        add(allow("secretsmanager:GetSecretValue", { AWS: `arn:aws:iam::${stranger}:root` })),
      ),
      says: [/^document policy of the secret orders\/prod\/database: added by hand: ByHand/],
    },
    {
      name: "a secret's policy lets a role of another service in, by name",
      account: security,
      tamper: secretPolicy(
        database,
        add(
          allow("secretsmanager:GetSecretValue", {
            AWS: `arn:aws:iam::${prod}:role/services/payments/payments-prod-charge`,
          }),
        ),
      ),
      says: [/^document policy of the secret orders\/prod\/database/],
    },
    {
      name: "a secret's policy no longer denies everybody else",
      account: security,
      tamper: secretPolicy(database, drop("NobodyElseReads")),
      says: [
        /^document policy of the secret orders\/prod\/database: taken out: NobodyElseReads/,
        /^layer policy of the secret orders\/prod\/database: its Deny statements say silent/,
      ],
    },
    {
      name: "a secret's policy denies all but one more role",
      account: security,
      tamper: secretPolicy(
        database,
        replace(
          `role/services/orders/${api}"`,
          `role/services/orders/${api}","arn:aws:iam::${prod}:role/byhand"`,
        ),
      ),
      says: [/^document policy of the secret orders\/prod\/database: changed: /],
    },
    {
      name: "a secret has no policy any more",
      account: security,
      tamper: async () => {
        const { secrets } = at(security);
        const { ResourcePolicy } = await secrets.send(new GetResourcePolicyCommand({ SecretId: database }));
        await secrets.send(new DeleteResourcePolicyCommand({ SecretId: database }));
        return () => secrets.send(new PutResourcePolicyCommand({ SecretId: database, ResourcePolicy }));
      },
      says: [
        /^document policy of the secret orders\/prod\/database: taken out: .*NobodyElseReads/,
        /^layer the policy that orders\/prod\/database lacks/,
        /^pair .*orders-prod-api cannot read/,
      ],
    },
    {
      name: "a secret's policy says what is not modelled",
      account: security,
      tamper: secretPolicy(
        database,
        add({
          Sid: "ByHand",
          Effect: "Allow",
          NotPrincipal: { AWS: prod },
          Action: "secretsmanager:GetSecretValue",
          Resource: "*",
        }),
      ),
      says: [/^document policy of the secret orders\/prod\/database: added by hand: ByHand/],
      undecided: [/secret:orders\/prod\/database-.*NotPrincipal/],
    },
    {
      name: "a secret is under AWS's own key",
      account: security,
      tamper: async () => {
        const { secrets } = at(security);
        const { KmsKeyId } = await secrets.send(new DescribeSecretCommand({ SecretId: database }));
        await secrets.send(
          new UpdateSecretCommand({ SecretId: database, KmsKeyId: "alias/aws/secretsmanager" }),
        );
        return () => secrets.send(new UpdateSecretCommand({ SecretId: database, KmsKeyId }));
      },
      says: [/^setting orders\/prod\/database: is under AWS's own key, not alias\/prod\/configuration/],
    },
    {
      name: "a secret is rotated by another function",
      account: security,
      tamper: () => {
        const arn = [...standIn.rotations.keys()].find((one) =>
          one.includes("secret:orders/prod/webhook-signing-key"),
        )!;
        const was = standIn.rotations.get(arn)!;
        standIn.rotations.set(arn, `arn:aws:lambda:eu-west-1:${security}:function:by-hand`);
        return () => standIn.rotations.set(arn, was);
      },
      says: [
        /^setting orders\/prod\/webhook-signing-key: is rotated by .*by-hand/,
        /^pair .*rotation-prod-generated cannot read/,
      ],
    },
    {
      name: "a secret is not rotated any more",
      account: security,
      tamper: () => {
        const arn = [...standIn.rotations.keys()].find((one) =>
          one.includes("secret:orders/prod/webhook-signing-key"),
        )!;
        const was = standIn.rotations.get(arn)!;
        standIn.rotations.delete(arn);
        return () => standIn.rotations.set(arn, was);
      },
      says: [/^setting orders\/prod\/webhook-signing-key: is rotated by nothing/],
    },
    {
      name: "a secret under the platform's names is in no manifest",
      account: security,
      tamper: async () => {
        const { secrets } = at(security);
        await secrets.send(new CreateSecretCommand({ Name: "orders/prod/by-hand", SecretString: canary }));
        return () =>
          secrets.send(
            new DeleteSecretCommand({ SecretId: "orders/prod/by-hand", ForceDeleteWithoutRecovery: true }),
          );
      },
      says: [/^not planned orders\/prod\/by-hand: no manifest has it in eu-west-1/],
    },
    {
      name: "a secret of a manifest is gone",
      account: security,
      tamper: async () => {
        const { secrets } = at(security);
        await secrets.send(new DeleteSecretCommand({ SecretId: database, RecoveryWindowInDays: 7 }));
        return () => secrets.send(new RestoreSecretCommand({ SecretId: database }));
      },
      says: [/^missing orders\/prod\/database: there is none in eu-west-1/],
    },
    {
      name: "a secret has a copy in another region",
      account: security,
      tamper: async () => {
        const { secrets } = at(security);
        await secrets.send(
          new ReplicateSecretToRegionsCommand({
            SecretId: database,
            AddReplicaRegions: [{ Region: "us-east-1" }],
          }),
        );
        return () =>
          secrets.send(
            new RemoveRegionsFromReplicationCommand({
              SecretId: database,
              RemoveReplicaRegions: ["us-east-1"],
            }),
          );
      },
      says: [/^setting orders\/prod\/database: has a copy in us-east-1 that no manifest has/],
    },
    {
      name: "a key's policy lets its whole account decrypt",
      account: security,
      tamper: keyPolicy(
        security,
        "alias/prod/configuration",
        add(allow("kms:Decrypt", { AWS: `arn:aws:iam::${security}:root` })),
      ),
      says: [
        /^document policy of the key alias\/prod\/configuration in eu-west-1: added by hand: ByHand/,
        /^layer policy of the key alias\/prod\/configuration in 111111111111, eu-west-1: its Allow/,
      ],
    },
    {
      name: "a key's policy lets an outsider decrypt",
      account: security,
      tamper: keyPolicy(
        security,
        "alias/prod/payments",
        add(allow("kms:Decrypt", { AWS: `arn:aws:iam::${stranger}:role/thief` })),
      ),
      says: [/^document policy of the key alias\/prod\/payments in eu-west-1: added by hand: ByHand/],
    },
    {
      name: "a key's policy lets somebody change it",
      account: security,
      tamper: keyPolicy(
        security,
        "alias/prod/payments",
        add(allow("kms:PutKeyPolicy", { AWS: `arn:aws:iam::${security}:role/byhand` })),
      ),
      says: [/^document policy of the key alias\/prod\/payments in eu-west-1: added by hand: ByHand/],
    },
    {
      name: "a copy of a key, in another region, is opened",
      account: security,
      tamper: keyPolicy(security, "alias/prod/payments", add(allow("kms:Decrypt", "*")), "eu-central-1"),
      says: [/^document policy of the key alias\/prod\/payments in eu-central-1: added by hand: ByHand/],
    },
    {
      name: "a key's policy forgot through which service",
      account: prod,
      tamper: keyPolicy(
        prod,
        "alias/prod/configuration",
        replace(
          '"kms:ViaService":"ssm.eu-west-1.amazonaws.com"',
          '"kms:ViaService":["ssm.eu-west-1.amazonaws.com","ec2.eu-west-1.amazonaws.com"]',
        ),
      ),
      says: [/^document policy of the key alias\/prod\/configuration in eu-west-1: changed: /],
    },
    {
      name: "a key has a grant that decrypts",
      account: security,
      tamper: async () => {
        const { kms } = at(security);
        const KeyId = keyNamed("alias/prod/configuration");
        const { GrantId } = await kms.send(
          new CreateGrantCommand({
            KeyId,
            GranteePrincipal: `arn:aws:iam::${stranger}:role/thief`,
            Operations: ["Decrypt"],
          }),
        );
        return () => kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
      },
      says: [
        /^grant key alias\/prod\/configuration in eu-west-1: grant \w+ lets arn:aws:iam::444444444444:role\/thief Decrypt/,
      ],
    },
    {
      name: "a key under the platform's aliases is nobody's",
      account: prod,
      tamper: async () => {
        const { kms } = at(prod);
        const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
        await kms.send(
          new CreateAliasCommand({ AliasName: "alias/prod/by-hand", TargetKeyId: KeyMetadata?.KeyId }),
        );
        return () => kms.send(new DeleteAliasCommand({ AliasName: "alias/prod/by-hand" }));
      },
      says: [/^not planned key alias\/prod\/by-hand in eu-west-1/],
    },
    {
      name: "a key lost its alias",
      account: prod,
      tamper: async () => {
        const { kms } = at(prod);
        const TargetKeyId = keyNamed("alias/prod/configuration", prod);
        await kms.send(new DeleteAliasCommand({ AliasName: "alias/prod/configuration" }));
        return () => kms.send(new CreateAliasCommand({ AliasName: "alias/prod/configuration", TargetKeyId }));
      },
      says: [/^missing key alias\/prod\/configuration in eu-west-1/],
    },
    {
      name: "a consumer may read another service's secret",
      account: prod,
      tamper: rolePolicy(
        api,
        allow(
          "secretsmanager:GetSecretValue",
          undefined,
          `arn:aws:secretsmanager:eu-west-1:${security}:secret:payments/prod/ledger-??????`,
        ),
      ),
      says: [/^document policies of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a consumer may read every parameter of its account",
      account: prod,
      tamper: rolePolicy(api, allow("ssm:GetParameter", undefined, "*")),
      says: [
        /^document policies of the role orders-prod-api: added by hand: ByHand/,
        /^pair .*orders-prod-api can read .*parameter\/payments\/prod\/charge-limit: nothing grants it: .*ByHand/,
        /^layer policies of the role .*orders-prod-api: its Allow/,
      ],
    },
    {
      name: "a consumer's own policy is gone",
      account: prod,
      tamper: async () => {
        const { iam } = deployed.auditor(prod);
        const policy = { RoleName: api, PolicyName: "policy-0" };
        const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand(policy));
        await iam.send(new DeleteRolePolicyCommand(policy));
        return () =>
          iam.send(
            new PutRolePolicyCommand({ ...policy, PolicyDocument: decodeURIComponent(PolicyDocument) }),
          );
      },
      says: [
        /^document policies of the role orders-prod-api: taken out: /,
        /^pair .*orders-prod-api cannot read .*database/,
      ],
    },
    {
      name: "a consumer has another policy attached",
      account: prod,
      tamper: attach(api, allow("ssm:*", undefined, "*")),
      says: [/^document policies of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a consumer's policy says what is not modelled",
      account: prod,
      tamper: rolePolicy(api, { Sid: "ByHand", Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      says: [/^document policies of the role orders-prod-api: added by hand: ByHand/],
      undecided: [/role\/services\/orders\/orders-prod-api .*NotAction/],
    },
    {
      name: "a consumer's role may be assumed from another account",
      account: prod,
      tamper: trust(api, add(assumedBy({ AWS: `arn:aws:iam::${stranger}:root` }))),
      says: [/^document trust of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a consumer's role may be assumed by another service",
      account: prod,
      tamper: trust(api, add(assumedBy({ Service: "ec2.amazonaws.com" }))),
      says: [/^document trust of the role orders-prod-api: added by hand: ByHand/],
    },
    {
      name: "a role's trust lost what guards it against a confused deputy",
      account: prod,
      tamper: trust("orders-prod-worker-task", (text) => {
        const document = JSON.parse(text) as { Statement: readonly { Condition?: unknown }[] };
        return JSON.stringify({
          ...document,
          Statement: document.Statement.map((one) => ({ ...one, Condition: undefined })),
        });
      }),
      says: [/^document trust of the role orders-prod-worker-task: changed: /],
    },
    {
      name: "break-glass may be assumed without a second factor",
      account: security,
      tamper: trust(
        "secrets-break-glass",
        add(assumedBy({ AWS: `arn:aws:iam::${security}:root` })),
        security,
      ),
      says: [/^document trust of the role secrets-break-glass: added by hand: ByHand/],
    },
    {
      name: "a boundary is taken off",
      account: prod,
      tamper: async () => {
        const { iam } = deployed.auditor(prod);
        const { Role } = await iam.send(new GetRoleCommand({ RoleName: api }));
        await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: api }));
        return () =>
          iam.send(
            new PutRolePermissionsBoundaryCommand({
              RoleName: api,
              PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
            }),
          );
      },
      says: [/^boundary role orders-prod-api: has no boundary for policy services-boundary-prod/],
    },
    {
      name: "a boundary is widened",
      account: prod,
      tamper: async () => {
        const { iam } = deployed.auditor(prod);
        const PolicyArn = `arn:aws:iam::${prod}:policy/services-boundary-prod`;
        const { PolicyVersion } = await iam.send(
          new CreatePolicyVersionCommand({
            PolicyArn,
            PolicyDocument: JSON.stringify({
              Version: "2012-10-17",
              Statement: [allow("*", undefined, "*")],
            }),
            SetAsDefault: true,
          }),
        );
        return async () => {
          await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
          await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: PolicyVersion?.VersionId }));
        };
      },
      says: [
        /^document boundary of the role orders-prod-api: added by hand: ByHand; taken out: /,
        /^layer policy services-boundary-prod/,
      ],
    },
    {
      name: "a role under the platform's path is in no manifest",
      account: prod,
      tamper: role("/services/orders/", "orders-prod-by-hand", allow("ssm:GetParameter", undefined, "*")),
      says: [
        /^not planned role orders-prod-by-hand/,
        /^pair .*orders-prod-by-hand can read .*parameter\/orders\/prod\/log-level/,
      ],
    },
    {
      name: "a role outside the platform can read",
      account: prod,
      tamper: role(
        "/",
        "legacy",
        allow(["ssm:GetParameter", "secretsmanager:GetSecretValue"], undefined, "*"),
      ),
      says: [
        /^pair .*role\/legacy can read .*parameter\/orders\/prod\/log-level/,
        /^pair .*role\/legacy can read .*secret:rds!cluster/,
      ],
    },
    {
      name: "a role of the platform is gone",
      account: staging,
      tamper: async () => {
        const { iam } = deployed.auditor(staging);
        const RoleName = "orders-staging-worker-task";
        const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
        await iam.send(new DeleteRoleCommand({ RoleName }));
        return () =>
          iam.send(
            new CreateRoleCommand({
              RoleName,
              Path: Role?.Path,
              AssumeRolePolicyDocument: decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""),
              PermissionsBoundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
            }),
          );
      },
      says: [/^missing role orders-staging-worker-task/],
    },
    {
      name: "people who write may read",
      account: security,
      tamper: rolePolicy("secrets-writers", allow("secretsmanager:GetSecretValue", undefined, "*")),
      says: [
        /^document policies of the role secrets-writers: added by hand: ByHand/,
        /^layer policies of the role .*secrets-writers: its Allow/,
      ],
    },
    {
      name: "a parameter is shared with another account",
      account: security,
      tamper: share((one) => ({ ...one, accounts: [...one.accounts, staging] })),
      says: [
        /^share orders\/prod\/partner-token: is shared with 222222222222, 333333333333 to read, not with 333333333333 to read/,
      ],
    },
    {
      name: "a parameter is shared outside the organisation, with its past",
      account: security,
      tamper: share((one) => ({ ...one, external: true, permission: "read-with-history" })),
      says: [
        /^share orders\/prod\/partner-token: is shared with 333333333333 to read-with-history, outside the organisation as well/,
        /^layer shares of parameter\/orders\/prod\/partner-token/,
      ],
    },
    {
      name: "a parameter is shared with the whole organisation",
      account: security,
      tamper: share((one) => ({
        ...one,
        others: [`arn:aws:organizations::${security}:organization/o-exampleorgid`],
      })),
      says: [
        /^share orders\/prod\/partner-token: the share .* is with arn:aws:organizations.*, which is no account/,
      ],
    },
    {
      name: "a parameter is not shared any more",
      account: security,
      tamper: () => {
        standIn.shares = standIn.shares.filter(({ items }) => !items.some((one) => one.endsWith(token)));
        return () => (standIn.shares = deployed.shares);
      },
      says: [
        /^share orders\/prod\/partner-token: is shared with nobody/,
        /^pair .*cannot read .*partner-token/,
      ],
    },
    {
      name: "a parameter under the platform's names is in no manifest",
      account: prod,
      tamper: async () => {
        const { ssm } = at(prod);
        await ssm.send(
          new PutParameterCommand({ Name: "/orders/prod/by-hand", Type: "String", Value: canary }),
        );
        return () => ssm.send(new DeleteParameterCommand({ Name: "/orders/prod/by-hand" }));
      },
      says: [/^not planned orders\/prod\/by-hand: no manifest has it in eu-west-1/],
    },
    {
      name: "a SecureString became plain text",
      account: prod,
      tamper: async () => {
        const { ssm } = at(prod);
        const Name = "/catalog/prod/supplier-login";
        const KeyId = keyNamed("alias/prod/configuration", prod);
        await ssm.send(new DeleteParameterCommand({ Name }));
        await ssm.send(new PutParameterCommand({ Name, Type: "String", Value: canary }));
        return async () => {
          await ssm.send(new DeleteParameterCommand({ Name }));
          await ssm.send(new PutParameterCommand({ Name, Type: "SecureString", Value: canary, KeyId }));
        };
      },
      says: [
        /^setting catalog\/prod\/supplier-login: is a String, not a SecureString/,
        /^pair any administrator of 333333333333 can read .*supplier-login/,
      ],
    },
    {
      name: "an endpoint lets everybody through",
      account: prod,
      tamper: async () => {
        const { ec2 } = at(prod);
        const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
        const found = VpcEndpoints.find(({ ServiceName }) => ServiceName?.endsWith(".ssm"));
        const change = (PolicyDocument: string | undefined) =>
          ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: found?.VpcEndpointId, PolicyDocument }));
        await change(JSON.stringify({ Version: "2012-10-17", Statement: [allow("*", "*")] }));
        return () => change(found?.PolicyDocument);
      },
      says: [
        /^document policy of the endpoint vpce-\w+ of ssm: added by hand: ByHand; taken out: /,
        /^layer policy of the endpoint vpce-\w+ of ssm/,
      ],
    },
    {
      name: "an endpoint was put into the platform's network beside the planned one",
      account: prod,
      tamper: async () => {
        const { ec2 } = at(prod);
        const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
        const found = VpcEndpoints.find(({ ServiceName }) => ServiceName?.endsWith(".ssm"));
        return endpointIn(found?.VpcId);
      },
      says: [/^document policy of the endpoint vpce-\w+ of ssm: added by hand: /],
    },
  ];

  for (const { name, account, tamper, says, undecided = [] } of states) {
    it(`finds and names it where ${name}`, async () => {
      const undo = await tamper();
      let found: LiveAnswer;
      try {
        found = await answer(account);
      } finally {
        await undo();
      }
      const told = found.differences.map(({ kind, what, why }) => `${kind} ${what}: ${why}`);
      for (const one of says)
        assert.ok(
          told.some((text) => one.test(text)),
          `${one.source}\n${told.join("\n")}`,
        );
      const doubts = found.undecided.map(({ what, reasons }) => `${what} ${reasons.join()}`);
      for (const one of undecided)
        assert.ok(
          doubts.some((text) => one.test(text)),
          doubts.join("\n"),
        );
      assert.equal(found.undecided.length, undecided.length, doubts.join("\n"));
      assert.ok(!JSON.stringify(found).includes(canary));
    });
  }

  it("judges nothing of an account where a permission is missing, and says all that is missing", async () => {
    standIn.fault = ({ action }) =>
      action === "GetKeyPolicy" || action === "GetAccountAuthorizationDetails"
        ? [400, "AccessDenied"]
        : undefined;
    const found = await readAccount(plan, deployed.auditor(prod));
    standIn.fault = undefined;
    assert.ok(isUnread(found));
    assert.match(found.reasons.join("\n"), /secrets-auditors.* may not iam:GetAccountAuthorizationDetails/);
    assert.match(
      found.reasons.join("\n"),
      /may not kms:GetKeyPolicy on arn:aws:kms:eu-west-1:333333333333:key/,
    );
    const others = [...clean.values()].filter(({ account }) => account !== prod);
    const { differences, undecided, pairs } = compareDeployed(plan, stacks, others);
    assert.deepEqual(differences, []);
    assert.deepEqual(
      undecided.map(({ account, what }) => [account, what]),
      [[prod, `grants between account ${prod} and those that were read`]],
    );
    assert.ok(undecided[0]!.pairs > 10 && pairs > 0);
  });

  it("decides about one account alone, and claims nothing of grants into others", () => {
    for (const account of Object.values(accounts)) {
      const { differences, undecided } = compareDeployed(plan, stacks, [clean.get(account)!]);
      assert.deepEqual(differences, [], account);
      assert.ok(undecided.length > 0);
    }
  });

  it("reads page after page, and after what AWS throttles", async () => {
    standIn.page = 1;
    const throttled = new Set<string>();
    standIn.fault = ({ action }) => {
      if (throttled.has(action)) return undefined;
      throttled.add(action);
      return [400, "ThrottlingException"];
    };
    const found = await read(security);
    standIn.page = 100;
    standIn.fault = undefined;
    assert.deepEqual(found, clean.get(security));
    assert.ok(throttled.has("ListSecrets") && throttled.has("DescribeParameters") && throttled.size > 8);
  });

  it("leaves endpoints of networks that are not the platform's alone", async () => {
    const { ec2 } = at(prod);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
    const undo = await endpointIn(Vpc?.VpcId);
    const { differences } = await answer(prod);
    await undo();
    assert.deepEqual(differences, []);
  });

  it("takes a role whose policies are not modelled for one that may do everything, and says so by name", async () => {
    const broad = { Sid: "Power", Effect: "Allow", NotAction: ["iam:*"], Resource: "*" };
    const undo = await role("/", "power", broad)();
    const { differences, undecided } = await answer(prod);
    await undo();
    assert.deepEqual(differences, []);
    const [found, ...others] = undecided;
    assert.deepEqual([found?.what, others], [`arn:aws:iam::${prod}:role/power`, []]);
    assert.match(found?.reasons.join() ?? "", /NotAction/);
  });

  it("takes whoever may do everything in an account for an administrator, who reads what has no gate of its own", async () => {
    const undo = await role("/", "admin", allow("*", undefined, "*"))();
    const { differences, undecided } = await answer(prod);
    await undo();
    assert.deepEqual([differences, undecided], [[], []]);
  });

  it("asks for no value, and changes nothing", () => {
    const reading =
      /^(Describe|Get(ResourcePolicy|KeyPolicy|AccountAuthorizationDetails)|List|getresource|listresource)/;
    standIn.asked.length = 0;
    return read(prod).then(() => {
      assert.deepEqual(
        standIn.asked.filter(({ action }) => !reading.test(action)),
        [],
      );
      assert.ok(standIn.asked.length > 10);
    });
  });

  it("finds nothing once each was undone, so that each stood by itself", async () => {
    assert.ok(states.length >= 30);
    for (const account of Object.values(accounts)) assert.deepEqual((await answer(account)).differences, []);
  });

  function at(account: string, region = "eu-west-1") {
    return deployed.auditor(account).in(region);
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
      const { iam } = deployed.auditor(RoleName === "secrets-writers" ? security : prod);
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
      const { iam } = deployed.auditor(account);
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
      const { iam } = deployed.auditor(prod);
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "by-hand", PolicyDocument }));
      const PolicyArn = Policy?.Arn;
      await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      return () => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
    };
  }

  function role(Path: string, RoleName: string, statement: object): Tamper {
    return async () => {
      const { iam } = deployed.auditor(prod);
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
      standIn.shares = standIn.shares.map((one) =>
        one.items.some((item) => item.endsWith(token)) ? change(one) : one,
      );
      return () => (standIn.shares = deployed.shares);
    };
  }
});

type Undo = () => unknown;
type Tamper = () => Undo | Promise<Undo>;
type Edit = (policy: string) => string;

interface State {
  readonly name: string;
  readonly account: string;
  readonly tamper: Tamper;
  /** Each as `kind what: why`. */
  readonly says: readonly RegExp[];
  readonly undecided?: readonly RegExp[];
}

interface Document {
  readonly Statement: readonly { readonly Sid?: string }[];
}

function allow(action: string | readonly string[], principal?: unknown, resource = "*"): object {
  return {
    Sid: "ByHand",
    Effect: "Allow",
    ...(principal !== undefined && { Principal: principal }),
    Action: action,
    Resource: resource,
  };
}

function assumedBy(principal: object): object {
  return { Sid: "ByHand", Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
}

function add(statement: object): Edit {
  return (text) => {
    const document = JSON.parse(text) as Document;
    return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
  };
}

function drop(sid: string): Edit {
  return (text) => {
    const document = JSON.parse(text) as Document;
    return JSON.stringify({ ...document, Statement: document.Statement.filter(({ Sid }) => Sid !== sid) });
  };
}

function replace(from: string, to: string): Edit {
  return (text) => {
    const compact = JSON.stringify(JSON.parse(text));
    assert.ok(compact.includes(from), compact);
    return compact.replace(from, to);
  };
}
