import assert from "node:assert/strict";
import { cloudInit } from "../../../components/workload/cloudInit";
import {
  Ec2Consumer,
  type Ec2ConsumerArgs,
  type Ec2InstanceArgs,
} from "../../../components/workload/ec2Consumer";
import { instanceImage } from "../../../components/workload/instanceImage";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";
import { boundary, references, roleArgs, roleInputs } from "./support/consumer";

function args(change: Partial<Ec2ConsumerArgs> = {}): Ec2ConsumerArgs {
  return {
    name: "orders-prod-reports",
    boundary: boundary(),
    references,
    role: roleArgs("orders-prod-reports"),
    instance,
    tags,
    ...change,
  };
}

const instance: Ec2InstanceArgs = {
  service: "orders",
  instanceType: "t4g.small",
  securityGroupId: "sg-consumers",
};

describe("Ec2Consumer", () => {
  it("makes a role with a profile and a launch template of its own", async () => {
    const { created, named } = await runProgram(() => new Ec2Consumer("reports", args()));
    assert.deepEqual(created, [
      "aws:ec2/launchTemplate:LaunchTemplate reports-template",
      "aws:iam/instanceProfile:InstanceProfile reports-profile",
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role reports-role",
      "aws:iam/rolePolicy:RolePolicy reports-policy",
    ]);
    assert.deepEqual(named("reports-role").inputs, roleInputs("orders-prod-reports", tags));
    assert.deepEqual(named("reports-profile").inputs, {
      name: "orders-prod-reports",
      path: "/services/orders/",
      role: "orders-prod-reports",
      tags,
    });
  });

  it("makes the role with its profile alone for instances that are launched by other means", async () => {
    const { created, result } = await runProgram(
      () => new Ec2Consumer("reports", args({ instance: undefined })),
    );
    assert.deepEqual(created, [
      "aws:iam/instanceProfile:InstanceProfile reports-profile",
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role reports-role",
      "aws:iam/rolePolicy:RolePolicy reports-policy",
    ]);
    assert.equal(result.launchTemplateId, undefined);
  });

  it("launches instances that leave nothing open", async () => {
    const { named } = await runProgram(() => new Ec2Consumer("reports", args()));
    const { dependsOn, inputs } = named("reports-template");
    assert.deepEqual(inputs, {
      name: "orders-prod-reports",
      imageId: instanceImage("t4g.small"),
      instanceType: "t4g.small",
      iamInstanceProfile: { name: "orders-prod-reports" },
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: ["sg-consumers"],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" },
        },
      ],
      userData: cloudInit("orders", references),
      updateDefaultVersion: true,
      tagSpecifications: [
        { resourceType: "instance", tags },
        { resourceType: "volume", tags },
        { resourceType: "network-interface", tags },
      ],
      tags,
    });
    assert.deepEqual(dependsOn, ["reports-policy", "reports-profile", "reports-role"]);
  });

  it("lets containers of the instance have its role where that is asked, and still asks for a token", async () => {
    const { named } = await runProgram(
      () => new Ec2Consumer("reports", args({ instance: { ...instance, hopLimit: 2 } })),
    );
    assert.deepEqual(named("reports-template").inputs["metadataOptions"], {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 2,
    });
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new Ec2Consumer(
            "reports",
            args({
              name: "r",
              role: { ...roleArgs("reports"), name: "re ports" },
              instance: { ...instance, service: "../orders", instanceType: "mac2.metal", hopLimit: 3 },
              tags: {},
            }),
          ),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "name",
      "tags",
      "role.name",
      "role.arn",
      "instance.service",
      "instance.instanceType",
      "instance.hopLimit",
    ]);
  });
});
