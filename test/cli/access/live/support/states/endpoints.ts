import { DescribeVpcEndpointsCommand, ModifyVpcEndpointCommand } from "@aws-sdk/client-ec2";
import type { Hands } from "../hands";
import { allow } from "../edits";
import { prod } from "../names";
import type { State } from "../state";

export function endpointStates(hands: Hands): readonly State[] {
  return [
    {
      name: "an endpoint lets everybody through",
      account: prod,
      tamper: async () => {
        const { ec2 } = hands.at(prod);
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
        const { ec2 } = hands.at(prod);
        const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
        const found = VpcEndpoints.find(({ ServiceName }) => ServiceName?.endsWith(".ssm"));
        return hands.endpointIn(found?.VpcId);
      },
      says: [/^document policy of the endpoint vpce-\w+ of ssm: added by hand: /],
    },
  ];
}
