import assert from "node:assert/strict";
import { EksConsumer, type EksConsumerArgs } from "../../../components/workload/eksConsumer";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";
import { rejected } from "../support/problems";
import { boundary, roleArgs, roleInputs } from "./support/consumer";

const association = { cluster: "main", namespace: "shop", serviceAccount: "orders.api" };

function args(change: Partial<EksConsumerArgs> = {}): EksConsumerArgs {
  return {
    name: "orders-prod-pods",
    boundary: boundary(),
    role: roleArgs("orders-prod-pods"),
    association,
    tags,
    ...change,
  };
}

describe("EksConsumer", () => {
  it("makes a role and, in a named cluster, the association by which pods get it", async () => {
    const { created, named } = await runProgram(() => new EksConsumer("pods", args()));
    assert.deepEqual(created, [
      "aws:eks/podIdentityAssociation:PodIdentityAssociation pods-association",
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role pods-role",
      "aws:iam/rolePolicy:RolePolicy pods-policy",
    ]);
    assert.deepEqual(named("pods-role").inputs, roleInputs("orders-prod-pods", tags));
    const { inputs, dependsOn } = named("pods-association");
    assert.deepEqual(inputs, {
      clusterName: "main",
      namespace: "shop",
      serviceAccount: "orders.api",
      roleArn: roleArgs("orders-prod-pods").arn,
      // Without the tags, the role's trust lets nobody in.
      disableSessionTags: false,
      tags,
    });
    assert.deepEqual(dependsOn, ["pods-policy", "pods-role"]);
  });

  it("makes the role alone where no cluster is named", async () => {
    const { created } = await runProgram(() => new EksConsumer("pods", args({ association: undefined })));
    assert.deepEqual(
      created.filter((one) => one.includes("eks")),
      [],
    );
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new EksConsumer(
            "pods",
            args({
              name: "pods of orders",
              role: { ...roleArgs("pods"), path: "/services/orders/elsewhere/" },
              association: { cluster: "*", namespace: "Shop", serviceAccount: "default" },
              tags: {},
            }),
          ),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "name",
      "tags",
      "role.path",
      "role.arn",
      "association.cluster",
      "association.namespace",
      "association.serviceAccount",
    ]);
  });
});
