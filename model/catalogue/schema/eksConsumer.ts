import { z } from "zod";
import { section, text } from "../../yaml/expectation";
import { perEnvironment } from "./perEnvironment";
import { reads } from "./reads";

/** A label of DNS. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const namespace = text(
  /^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  "must be a namespace: 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end",
);

/** A pod that names no service account runs as `default`. https://kubernetes.io/docs/concepts/security/service-accounts/ */
const serviceAccount = text(
  /^(?!default$)(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
  "must be a service account: 1 to 253 lower-case letters, digits, hyphens and single dots, and not `default`, which every pod has that names none",
  "give the pods a service account of their own",
);

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const cluster = text(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
  "must be the name of an EKS cluster: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit",
);

/**
 * As IAM names the provider. Clusters that also speak IPv6 have issuers of the second form.
 * https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const oidcProvider = text(
  /^oidc(?:\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?|-eks\.[a-z0-9-]+\.api\.(?:aws|amazonwebservices\.com\.cn))\/id\/[A-Z0-9]{8,64}$/,
  "must be a cluster's issuer without `https://`, such as `oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF`",
  "copy it from `aws eks describe-cluster --query cluster.identity.oidc.issuer`",
);

export const eksKeys = {
  namespace: perEnvironment("a namespace", namespace).describe("Namespace that the pods run in."),
  serviceAccount: perEnvironment("a service account", serviceAccount).describe(
    "Service account that the pods run as; one of their own, never `default`.",
  ),
  cluster: perEnvironment("a cluster's name", cluster)
    .optional()
    .describe(
      "EKS cluster of the workload account that alone the pods run in; the Pod Identity association is then made. Without it any cluster of that account may have one, and the team makes it.",
    ),
  oidcProvider: perEnvironment("an issuer", oidcProvider)
    .optional()
    .describe(
      "Issuer of a cluster's tokens, without `https://`, for pods that Pod Identity does not reach, such as those on Fargate. In place of `cluster`.",
    ),
};

export const eks = section("an eks consumer", {
  kind: z.literal("eks").describe("Pods on Amazon EKS, by Pod Identity or by tokens of the cluster."),
  reads,
  ...eksKeys,
});
