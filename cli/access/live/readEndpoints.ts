import { paginateDescribeVpcEndpoints, type VpcEndpoint } from "@aws-sdk/client-ec2";
import { itemsOf, withCalls } from "../../../aws/pages";
import type { EndpointDocuments } from "../../../model/access/input";
import { platformService } from "../../../model/plan/names";
import { valueService } from "../../../model/proof/registered/endpoints";
import type { Auditor } from "./auditor";

/**
 * Endpoints that calls for values go through, of the platform's networks in one region: each network in which one endpoint at
 * least has the platform's tag, with what somebody put beside it. Networks of others are theirs.
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
  const networks = new Set(all.filter(isOurs).map(({ VpcId }) => VpcId));
  return all.flatMap(({ VpcEndpointId: id = "", VpcId, ServiceName = "", PolicyDocument = "", State }) => {
    const service = valueService(ServiceName);
    // EC2 has been seen to write the state in either case.
    if (service === undefined || !networks.has(VpcId) || /^delet/i.test(State ?? "")) return [];
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

function isOurs({ Tags = [] }: VpcEndpoint): boolean {
  return Tags.some(({ Key, Value }) => Key === "service" && Value === platformService);
}
