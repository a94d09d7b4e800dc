import { podTrust } from "../../../../../model/documents/podTrust";
import type { Caller } from "../evaluator";
import { type DecidedDocuments, less, prod, role, service, stranger, there, withContext } from "./decided";

const eks = service("pods.eks");
const clusterArn = (name: string, account: string = prod) =>
  `arn:aws:eks:eu-west-1:${account}:cluster/${name}`;
const tags = {
  "aws:RequestTag/eks-cluster-arn": clusterArn("main"),
  "aws:RequestTag/eks-cluster-name": "main",
  "aws:RequestTag/kubernetes-namespace": "shop",
  "aws:RequestTag/kubernetes-service-account": "orders",
  "aws:RequestTag/kubernetes-pod-name": "orders-7d9f",
};
const others = {
  "of another namespace": withContext(tags, { "aws:RequestTag/kubernetes-namespace": "depot" }),
  "of a namespace whose name begins alike": withContext(tags, {
    "aws:RequestTag/kubernetes-namespace": "shop-2",
  }),
  "of another service account": withContext(tags, { "aws:RequestTag/kubernetes-service-account": "default" }),
  "of a cluster of another account": withContext(tags, {
    "aws:RequestTag/eks-cluster-arn": clusterArn("main", stranger),
  }),
  "of an association without tags": less(
    less(less(tags, "aws:RequestTag/kubernetes-namespace").context!, "aws:RequestTag/eks-cluster-arn")
      .context!,
    "aws:RequestTag/kubernetes-service-account",
  ),
  "with a namespace untold": less(tags, "aws:RequestTag/kubernetes-namespace"),
  "with a cluster untold": less(tags, "aws:RequestTag/eks-cluster-arn"),
  "by another service": { caller: service("ecs-tasks") },
  "as somebody of the account says": { caller: role(prod, "teams/developer") },
};

const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF";
const provider = (account: string, name = issuer): Caller => ({
  arn: "",
  account: "",
  organisation: "",
  provider: `arn:aws:iam::${account}:oidc-provider/${name}`,
});
const token = {
  [`${issuer}:aud`]: "sts.amazonaws.com",
  [`${issuer}:sub`]: "system:serviceaccount:shop:orders",
};

/** Who may take on the role of pods. */
export const pods: DecidedDocuments = {
  "the role of pods of a cluster": {
    document: podTrust({ namespace: "shop", serviceAccount: "orders", cluster: "main" }, there),
    calls: [
      {
        who: "Pod Identity for a pod",
        caller: eks,
        action: "sts:AssumeRole",
        resource: "",
        context: tags,
        but: {
          ...others,
          "of another cluster": withContext(tags, { "aws:RequestTag/eks-cluster-arn": clusterArn("other") }),
        },
      },
      {
        who: "Pod Identity, which tags the session",
        caller: eks,
        action: "sts:TagSession",
        resource: "",
        context: tags,
        but: { "of another namespace": others["of another namespace"] },
      },
    ],
  },
  "the role of pods of any cluster": {
    document: podTrust({ namespace: "shop", serviceAccount: "orders" }, there),
    calls: [
      {
        who: "Pod Identity for a pod",
        caller: eks,
        action: "sts:AssumeRole",
        resource: "",
        context: tags,
        but: {
          ...others,
          "of another cluster": {
            ...withContext(tags, { "aws:RequestTag/eks-cluster-arn": clusterArn("other") }),
            is: "allow",
          },
        },
      },
    ],
  },
  "the role of pods with tokens": {
    document: podTrust({ namespace: "shop", serviceAccount: "orders", oidcProvider: issuer }, there),
    calls: [
      {
        who: "a pod with a token of its cluster",
        caller: provider(prod),
        action: "sts:AssumeRoleWithWebIdentity",
        resource: "",
        context: token,
        but: {
          "for another audience": withContext(token, { [`${issuer}:aud`]: "vault" }),
          "of another service account": withContext(token, {
            [`${issuer}:sub`]: "system:serviceaccount:shop:default",
          }),
          "of another namespace": withContext(token, {
            [`${issuer}:sub`]: "system:serviceaccount:depot:orders",
          }),
          "of another cluster": { caller: provider(prod, `${issuer.slice(0, -1)}0`) },
          "of another account's provider": { caller: provider(stranger) },
          "by Pod Identity": { caller: eks, action: "sts:AssumeRole", context: tags },
        },
      },
    ],
  },
};
