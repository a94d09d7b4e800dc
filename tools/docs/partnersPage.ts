import { type ExternalPartner, externalPartners } from "../../model/aws/externalSecrets";
import { code, table } from "./markdown";

/** `docs/partners.md`: what a manifest and `platform set` take of each partner, from the facts that both read. */
export function partnersPage(): string {
  return [
    "# Credentials of partners",
    "",
    "<!-- Generated from model/aws/externalSecrets.ts by `npm run docs`; a test keeps it current. -->",
    "",
    "A secret with `method: external` is a [managed external secret][managed]: Secrets Manager itself changes the credential at a",
    "partner of AWS, on the manifest's schedule, and no function runs. It assumes a role of the security account that is for this",
    "one secret: it may read and write that secret, use its key through Secrets Manager, and nothing else; nobody but Secrets",
    "Manager, on behalf of that secret, may take it on ([what AWS asks for][security]).",
    "",
    "```yaml",
    "secrets:",
    "  crm:",
    "    description: Client of the customers' records",
    "    rotation: { method: external, type: SalesforceClientSecret, every: 30 days, metadata: { apiVersion: v65.0 } }",
    "```",
    "",
    "1. Deploy. The secret holds a stand-in that logs in nowhere and is sent to nobody (its hosts end in `.invalid`), and is",
    "   marked as unset: `status` and the daily watch ask for the value. Nothing is rotated at once.",
    "2. `npx platform set SERVICE/ENV/NAME`: the credential as the partner gave it out, a JSON object with the fields below. Do it",
    "   before the first date of the schedule: until then a rotation can only fail.",
    "3. `npx platform rotate SERVICE/ENV/NAME`: now the credential is one that nobody has seen. Where it fails, CloudTrail's event",
    "   `RotationFailed` says why; there is no function's log.",
    "",
    "- The type cannot change once a secret is made. For another one, or to move a secret to or from this method, add a secret of",
    "  a new name and let consumers name that. In production the old one is protected, so that no update replaces it.",
    "- A rotation may end what consumers hold. They read at run time, and read again when they are refused; ECS injects what",
    "  changes only with `rollout`.",
    "- `npx platform rollback` moves the label only: whether the partner still takes the older credential is for it to say.",
    "- The deployer needs `iam:PassRole` on `role/platform/rotation-*` to `secretsmanager.amazonaws.com`.",
    "- A partner that filters addresses has to let in AWS's prefix list `com.amazonaws.REGION.secretsmanager-managed-external-secrets`.",
    "",
    ...Object.entries(externalPartners).flatMap(([type, partner]) => section(type, partner)),
    "[managed]: https://docs.aws.amazon.com/secretsmanager/latest/userguide/managed-external-secrets.html",
    "[security]: https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-security.html",
    "",
  ].join("\n");
}

function section(type: string, { partner, page, fields, metadata }: ExternalPartner): string[] {
  return [
    `## ${partner}: ${code(type)}`,
    "",
    `[AWS's page](${page}).`,
    "",
    ...table(
      ["Field of the value", "Holds", "Takes"],
      Object.entries(fields).map(([name, { holds, form, optional, keptBy, fixed }]) => [
        code(name) + (optional ? ", optional" : ""),
        sentence(holds) +
          (fixed ? " No rotation changes it." : "") +
          (keptBy === undefined ? "" : ` Consumers may name it where ${code(keptBy)} is \`true\`.`),
        form?.allowed ?? "text",
      ]),
    ),
    "",
    ...(Object.keys(metadata).length === 0
      ? ["It takes no `metadata`."]
      : table(
          ["Key of `metadata`", "Holds"],
          Object.entries(metadata).map(([name, { holds, required }]) => [
            code(name) + (required ? ", required" : ""),
            sentence(holds),
          ]),
        )),
    "",
  ];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
