import { PrincipalAssociation, ResourceAssociation, ResourceShare } from "@pulumi/aws/ram";
import { Parameter } from "@pulumi/aws/ssm";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { accountIds, type TextRule } from "../../model/aws/textRules";
import { emptyJwks } from "../../model/values/jwks";
import { checkTags, descriptions, type Tags } from "../argumentRules";
import { checkDistinct, checkText, checkTexts, type ArgumentProblem, rejectProblems } from "../validation";

export interface PublicKeysArgs {
  /** `/{service}/{environment}/{secret}.jwks` */
  readonly parameterName: string;
  /** What it holds; AWS shows it. At most 1,024 characters. It never changes: AWS would take the value anew with it. */
  readonly description: string;
  /** Accounts whose roles read it, 12 digits each; with none it is not shared. */
  readonly readerAccounts: readonly string[];
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * A String with the public keys of a key pair, as a JWK set: empty until the first rotation, which writes it and every
 * change of it. Pulumi makes it and never writes it again, whatever its state has seen of it: an older set would lock
 * verifiers out. In the Advanced tier, which alone can be shared with other accounts.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
 */
export class PublicKeys extends ComponentResource {
  readonly arn: Output<string>;
  /** What must exist before the first rotation. */
  readonly ready: Parameter;

  constructor(name: string, args: PublicKeysArgs, opts?: ComponentResourceOptions) {
    rejectProblems("PublicKeys", name, problemsOf(args));
    super("secrets-platform:security:PublicKeys", name, {}, opts);
    this.ready = new Parameter(
      `${name}-parameter`,
      {
        name: args.parameterName,
        description: args.description,
        type: "String",
        tier: "Advanced",
        // `value` would hide in every preview what anybody may see.
        insecureValue: emptyJwks,
        tags: args.tags,
      },
      // A change of any of these would write the value that the state has.
      {
        parent: this,
        ignoreChanges: ["insecureValue", "value", "description", "type", "tier", "dataType", "overwrite"],
      },
    );
    if (args.readerAccounts.length > 0) this.#share(name, args);
    this.arn = this.ready.arn;
    this.registerOutputs({ arn: this.arn });
  }

  /** Not protected, so that a reader can be withdrawn. */
  #share(name: string, { parameterName, readerAccounts, tags }: PublicKeysArgs): void {
    const unprotected = { parent: this, protect: false };
    const share = new ResourceShare(
      `${name}-share`,
      { name: parameterName.slice(1).replace(/[/.]/g, "-"), allowExternalPrincipals: false, tags },
      unprotected,
    );
    new ResourceAssociation(
      `${name}-shared`,
      { resourceShareArn: share.arn, resourceArn: this.ready.arn },
      unprotected,
    );
    for (const account of readerAccounts) {
      new PrincipalAssociation(
        `${name}-reader-${account}`,
        { resourceShareArn: share.arn, principal: account },
        unprotected,
      );
    }
  }
}

function problemsOf(args: PublicKeysArgs): ArgumentProblem[] {
  return [
    ...checkText("parameterName", args.parameterName, parameterNames),
    ...checkText("description", args.description, descriptions(1024)),
    ...checkDistinct("readerAccounts", args.readerAccounts),
    ...checkTexts("readerAccounts", args.readerAccounts, accountIds),
    ...checkTags("tags", args.tags),
  ];
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
const parameterNames: TextRule = {
  pattern: /^\/(?!aws|ssm)[a-z0-9_-]+\/[a-z0-9_.-]+\/[a-z0-9_-]+\.jwks$/i,
  allowed:
    "three parts, each behind a `/`, are allowed, the last ending in `.jwks`, and not beginning with aws or ssm",
  remedy: "name it as /{service}/{environment}/{secret}.jwks",
};
