import { arn, type Place } from "../plan/arns";
import type { PodsPlan } from "../plan/types";
import { type Condition, policyDocument, type PolicyDocument } from "./policy";
import { fromService } from "./servicePrincipal";

/**
 * Who may assume the role of pods: those of one service account of one namespace, in a named cluster or at least in one of this
 * account. Pod Identity says of whom it assumes a role in tags of the session; asked for here, they keep out each association
 * that leaves them away. No policy of ours grants anything by them, as they go along when a pod takes on another role.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function podTrust(pods: PodsPlan, place: Place): PolicyDocument {
  if (pods.oidcProvider !== undefined) return tokenTrust({ ...pods, oidcProvider: pods.oidcProvider }, place);
  const { namespace, serviceAccount, cluster } = pods;
  const whose = {
    "aws:RequestTag/kubernetes-namespace": namespace,
    "aws:RequestTag/kubernetes-service-account": serviceAccount,
  };
  const clusterTag = (name: string) => ({
    "aws:RequestTag/eks-cluster-arn": arn("eks", place, `cluster/${name}`),
  });
  const condition: Condition =
    cluster === undefined
      ? { StringEquals: whose, StringLike: clusterTag("*") }
      : { StringEquals: { ...whose, ...clusterTag(cluster) } };
  return policyDocument([
    {
      Sid: "PodsAssume",
      Effect: "Allow",
      ...fromService("role", "pods.eks"),
      // Of one session: without the second no tag may be set, and so none be asked for.
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: condition,
    },
  ]);
}

/**
 * By a token of the service account that the cluster itself issues; the provider stands for one cluster.
 * https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
function tokenTrust(
  { namespace, serviceAccount, oidcProvider }: PodsPlan & { readonly oidcProvider: string },
  { partition, account }: Place,
): PolicyDocument {
  return policyDocument([
    {
      Sid: "PodsAssumeByToken",
      Effect: "Allow",
      Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${oidcProvider}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${oidcProvider}:aud`]: "sts.amazonaws.com",
          [`${oidcProvider}:sub`]: `system:serviceaccount:${namespace}:${serviceAccount}`,
        },
      },
    },
  ]);
}
