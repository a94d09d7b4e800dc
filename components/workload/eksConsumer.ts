import { PodIdentityAssociation } from "@pulumi/aws/eks";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { TextRule } from "../../model/aws/textRules";
import { type ArgumentProblem, checkText, rejectProblems } from "../validation";
import { checkConsumer, type ConsumerArgs } from "./consumerArgs";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";

export interface EksConsumerArgs extends Omit<ConsumerArgs, "references"> {
  /** Its trust names the pods. */
  readonly role: ConsumerRoleArgs;
  /** Pods of a cluster of the same account. @default none, only the role, for associations or tokens of the team's own */
  readonly association?: PodAssociationArgs | undefined;
}

export interface PodAssociationArgs {
  readonly cluster: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/**
 * The role of pods on Amazon EKS and, in a named cluster, the association by which Pod Identity hands it to them. The tags of
 * their sessions stay on, since the role's trust asks for them. The cluster and its agent belong to the team that runs it.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html
 */
export class EksConsumer extends ComponentResource {
  readonly roleArn: string;
  /** Absent where no cluster was named. */
  readonly associationArn?: Output<string>;

  constructor(name: string, args: EksConsumerArgs, opts?: ComponentResourceOptions) {
    rejectProblems("EksConsumer", name, problemsOf(args));
    super("secrets-platform:workload:EksConsumer", name, {}, opts);
    const role = consumerRole(name, args.role, args, this);
    this.roleArn = role.arn;
    if (args.association !== undefined) {
      const { cluster, namespace, serviceAccount } = args.association;
      const association = new PodIdentityAssociation(
        `${name}-association`,
        {
          clusterName: cluster,
          namespace,
          serviceAccount,
          roleArn: role.arn,
          disableSessionTags: false,
          tags: args.tags,
        },
        { parent: this, dependsOn: [...role.ready] },
      );
      this.associationArn = association.associationArn;
    }
    this.registerOutputs({ roleArn: this.roleArn, associationArn: this.associationArn });
  }
}

const names: TextRule = {
  pattern: /^[A-Za-z0-9_-]{1,255}$/,
  allowed: "1 to 255 letters, digits, `_` and `-` are allowed",
  remedy: "shorten it or replace the other characters",
};

const clusters: TextRule = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
  allowed: "1 to 100 letters, digits, `_` and `-` are allowed, a letter or digit first",
  remedy: "give the name of the cluster",
};

const namespaces: TextRule = {
  pattern: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  allowed: "1 to 63 lower-case letters, digits and hyphens are allowed, no hyphen at either end",
  remedy: "write it as Kubernetes does",
};

const serviceAccounts: TextRule = {
  pattern: /^(?!default$)(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/,
  allowed: "a service account of the pods' own is needed, in lower-case letters, digits, hyphens and dots",
  remedy: "give them one other than `default`, which every pod has that names none",
};

function problemsOf(args: EksConsumerArgs): ArgumentProblem[] {
  const { association } = args;
  return [
    checkConsumer({ ...args, references: [] }, names),
    checkConsumerRole("role", args.role),
    association === undefined
      ? []
      : [
          ...checkText("association.cluster", association.cluster, clusters),
          ...checkText("association.namespace", association.namespace, namespaces),
          ...checkText("association.serviceAccount", association.serviceAccount, serviceAccounts),
        ],
  ].flat();
}
