import { paginateDescribeVpcEndpoints, type VpcEndpoint } from "@aws-sdk/client-ec2";
import { itemsOf, withCalls } from "../../../aws/pages";
import type { EndpointDocuments } from "../../../model/access/input";
import type { Auditor } from "./auditor";

const services = ["kms", "secretsmanager", "ssm"] as const;

/**
 * Endpoints of the account, in one region, that calls for values go through.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpoints.html
 */
export async function readEndpoints(
  { account, call, in: clients }: Auditor,
  region: string,
): Promise<readonly EndpointDocuments[]> {
  const target = `the endpoints of account ${account}`;
  const client = withCalls(clients(region).ec2, (send) =>
    call({ action: "ec2:DescribeVpcEndpoints", target }, send),
  );
  const all: VpcEndpoint[] = await itemsOf(
    paginateDescribeVpcEndpoints({ client }, {}),
    (page) => page.VpcEndpoints,
  );
  return all.flatMap(({ VpcEndpointId: id = "", ServiceName = "", PolicyDocument = "", State }) => {
    const service = services.find((one) => ServiceName.split(".").at(-1) === one);
    // EC2 has been seen to write the state in either case.
    if (service === undefined || /^delet/i.test(State ?? "")) return [];
    return [
      {
        id,
        account,
        service,
        policy: { name: `policy of the endpoint ${id} of ${service}`, document: PolicyDocument },
      },
    ];
  });
}
