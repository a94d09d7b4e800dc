import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseEnv, promisify } from "node:util";
import Ajv from "ajv";
import * as hcl from "hcl2-parser";
import { parse, parseAllDocuments } from "yaml";
import { type FormatName, formatNames } from "../../../cli/refs/flags";
import { formats, refuseOther } from "../../../cli/refs/formats";
import { type Subject, subjectOf } from "../../../cli/refs/subject";
import { type DatabaseEngine, databaseEngines } from "../../../model/catalogue/types";
import { type RoleServiceName, roleServiceNames } from "../../../model/aws/roleServices";
import { accountPlace } from "../../../model/documents/accountHoldings";
import { loadPlan } from "../../../model/load";
import { referencesDocument } from "../../../model/references/document";
import { plannedArn } from "../../../model/references/reference";
import { organisationRoot } from "../../support/organisation";
import { ensureMoto } from "../../support/moto/ensureMoto";
import { externalSecret, secretProviderClass, secretStore } from "./support/customResources";

const run = promisify(execFile);
const { plan } = loadPlan({ root: organisationRoot });
assert.ok(plan);

/** As deployed: secrets with an ending. */
const subjects: readonly Subject[] = plan.consumers.map((consumer) =>
  subjectOf(
    consumer,
    referencesDocument(consumer, (item) => plannedArn(item).replace("??????", "AbC123")),
    accountPlace(plan.organisation, consumer.account),
  ),
);

/** The consumers that a format is for, each with what is printed of it. */
function printed(format: FormatName): readonly { readonly subject: Subject; readonly text: string }[] {
  const { kinds, unfit, print } = formats[format];
  const all = subjects.filter(
    ({ consumer }) => (kinds?.includes(consumer.settings.kind) ?? true) && unfit?.(consumer) === undefined,
  );
  assert.ok(all.length > 1, format);
  return all.map((subject) => ({ subject, text: print(subject) }));
}

/** What Terraform's own parser makes of a configuration. */
interface Hcl {
  readonly data: { readonly aws_ssm_parameter: Readonly<Record<string, unknown>> };
  readonly locals: readonly Readonly<Record<string, string>>[];
}

/** Its result, and what is wrong; the package's own types say neither. */
const { parseToObject } = hcl as { readonly parseToObject: (text: string) => readonly [Hcl | null, unknown] };

/** A consumer that a service of AWS runs, whichever. */
function roleOf(service: RoleServiceName): Subject {
  const subject = subjects.find(({ consumer }) => consumer.settings.kind === "role");
  assert.ok(subject?.consumer.settings.kind === "role");
  return {
    ...subject,
    consumer: { ...subject.consumer, settings: { ...subject.consumer.settings, service } },
  };
}

/** The same, reading one secret: the login of a database of this engine, or of none that the manifest tells. */
function roleReading(service: RoleServiceName, engine: DatabaseEngine | undefined): Subject {
  const located = subjects
    .flatMap(({ read }) => read)
    .find(({ item }) => item.kind === "secret" && item.shape.form === "database");
  assert.ok(located?.item.kind === "secret" && located.item.shape.form === "database");
  const { item } = located;
  const shape = engine === undefined ? ({ form: "string" } as const) : { ...located.item.shape, engine };
  return { ...roleOf(service), read: [{ ...located, item: { ...item, shape } }] };
}

/** The one resource of a template, with its parameters. */
function resourceOf(text: string) {
  const { Parameters, Resources } = parse(text) as {
    readonly Parameters?: Readonly<Record<string, unknown>>;
    readonly Resources: { readonly Consumer: { readonly Properties: Readonly<Record<string, unknown>> } };
  };
  return { parameters: Object.keys(Parameters ?? {}), properties: Resources.Consumer.Properties };
}

/** Pods whose cluster the team names. */
function podsOf(): Subject {
  const subject = subjects.find(({ consumer }) => consumer.settings.kind === "eks");
  assert.ok(subject !== undefined);
  const { consumer } = subject;
  const pods = { namespace: "orders", serviceAccount: "api" };
  return { ...subject, consumer: { ...consumer, role: { ...consumer.role, pods } } };
}

describe("references in the form of a tool", function () {
  this.timeout(300_000);
  let python: string;
  let folder: string;
  before(async function () {
    folder = mkdtempSync(join(tmpdir(), "references-"));
    python = await ensureMoto();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("name every item of every consumer, in each form that takes it", () => {
    for (const format of formatNames.filter((name) => name !== "terraform"))
      for (const { subject, text } of printed(format))
        for (const { arn, item } of [...subject.injected, ...subject.read])
          assert.ok(
            text.includes(arn) ||
              (item.kind === "parameter" && text.includes(item.name)) ||
              text.includes(`# ${item.service}/${item.item}`) ||
              text.includes(`# ${item.item}`),
            `${format} of ${subject.consumer.name} lacks ${arn}`,
          );
  });

  it("ecs: what RegisterTaskDefinition takes, by AWS's own model", async () => {
    const requests = printed("ecs").map(({ subject, text }) => {
      const { containerDefinitions, ...rest } = JSON.parse(text) as { containerDefinitions: object[] };
      const [container] = containerDefinitions;
      return {
        ...rest,
        family: subject.consumer.name,
        containerDefinitions: [{ ...container, image: "nginx" }],
      };
    });
    const model = [
      "import json, sys, botocore.session, botocore.validate",
      "shape = botocore.session.get_session().get_service_model('ecs').operation_model('RegisterTaskDefinition').input_shape",
      "for request in json.load(open(sys.argv[1])):",
      "    print(botocore.validate.ParamValidator().validate(request, shape).generate_report())",
    ].join("\n");
    const file = join(folder, "requests.json");
    writeFileSync(file, JSON.stringify(requests));
    const { stdout } = await run(python, ["-c", model, file]);
    assert.equal(stdout.trim(), "");
    writeFileSync(file, JSON.stringify([{ ...requests[0], taskRole: 1 }]));
    assert.match((await run(python, ["-c", model, file])).stdout, /Unknown parameter in input: "taskRole"/);
  });

  it("cloudformation: templates in which cfn-lint finds nothing", async () => {
    const templates = [
      ...printed("cloudformation").map(({ subject, text }) => [subject.consumer.name, text] as const),
      ...roleServiceNames.map(
        (service) => [`role-${service}`, formats.cloudformation.print(roleOf(service))] as const,
      ),
      ...databaseEngines.flatMap((engine) =>
        (["rds", "dms"] as const).map(
          (service) =>
            [`${service}-${engine}`, formats.cloudformation.print(roleReading(service, engine))] as const,
        ),
      ),
      ["pods", formats.cloudformation.print(podsOf())] as const,
    ];
    for (const [name, type] of [
      ["role-rds", "AWS::RDS::DBProxy"],
      ["role-ec2", "AWS::EC2::LaunchTemplate"],
      ["role-batch", "AWS::Batch::JobDefinition"],
      ["pods", "AWS::EKS::PodIdentityAssociation"],
    ] as const)
      assert.ok(templates.find(([one]) => one === name)?.[1].includes(`Type: ${type}\n`), name);
    const files = templates.map(([name, text]) => {
      const file = join(folder, `${name}.yaml`);
      writeFileSync(file, text);
      return file;
    });
    const lint = join(dirname(python), "cfn-lint");
    const { stdout } = await run(lint, ["--format", "parseable", "--regions", "eu-west-1", "--", ...files]);
    assert.equal(stdout, "");
    const broken = join(folder, "broken.yaml");
    writeFileSync(broken, printed("cloudformation")[0]!.text.replace(/Role(Arn)?:/, "Rule:"));
    await assert.rejects(
      run(lint, ["--regions", "eu-west-1", "--", broken]),
      ({ stdout }: { readonly stdout: string }) => stdout.includes("Rule"),
    );
  });

  it("cloudformation: a proxy and an endpoint are of the engine whose login they read", () => {
    const engineOf = (service: "rds" | "dms", engine: DatabaseEngine | undefined) => {
      const subject = roleReading(service, engine);
      const { parameters, properties } = resourceOf(formats.cloudformation.print(subject));
      const settings = Object.keys(properties).filter((key) => key.endsWith("Settings"));
      return [properties["EngineFamily"] ?? properties["EngineName"], ...settings, ...parameters];
    };
    assert.deepEqual(
      databaseEngines.map((engine) => [engine, ...engineOf("dms", engine)]),
      [
        ["postgres", "postgres", "PostgreSqlSettings"],
        ["mysql", "mysql", "MySqlSettings"],
        ["mariadb", "mariadb", "MySqlSettings"],
        ["sqlserver", "sqlserver", "MicrosoftSqlServerSettings"],
        ["oracle", "oracle", "OracleSettings"],
        ["redshift", "redshift", "RedshiftSettings"],
        ["documentdb", "docdb", "DocDbSettings"],
      ],
    );
    for (const [engine, family] of [
      ["postgres", "POSTGRESQL"],
      ["mysql", "MYSQL"],
      ["mariadb", "MYSQL"],
      ["sqlserver", "SQLSERVER"],
    ] as const)
      assert.deepEqual(engineOf("rds", engine), [family, "Subnets"]);
    // What the manifest does not tell, the team does.
    assert.deepEqual(engineOf("rds", undefined), [{ Ref: "EngineFamily" }, "Subnets", "EngineFamily"]);
  });

  it("cloudformation: what trust and log group know by its name has that name", () => {
    for (const [kind, key] of [
      ["codebuild", "Name"],
      ["lambda", "FunctionName"],
    ] as const) {
      const all = printed("cloudformation").filter(({ subject }) => subject.consumer.settings.kind === kind);
      assert.ok(all.length > 0, kind);
      for (const { subject, text } of all)
        assert.equal(resourceOf(text).properties[key], subject.consumer.name);
    }
  });

  it("cloudformation: lets credentials go as far as the manifest does", () => {
    const subject = subjects.find(({ consumer }) => consumer.settings.kind === "ec2");
    assert.ok(subject?.consumer.settings.kind === "ec2");
    const { settings } = subject.consumer;
    const instance = { ...settings.instance, instanceType: "t3.micro", architecture: "x86_64" as const };
    const hops = (hopLimit: number) =>
      /HttpPutResponseHopLimit: (\d+)/.exec(
        formats.cloudformation.print({
          ...subject,
          consumer: {
            ...subject.consumer,
            settings: { ...settings, instance: { ...instance, hopLimit } },
          },
        }),
      )?.[1];
    assert.deepEqual([1, 2].map(hops), ["1", "2"]);
  });

  it("cloudformation: says why pods have no template where the platform or an annotation gives them the role", () => {
    const { consumer } = podsOf();
    const pods = consumer.role.pods!;
    for (const [change, why] of [
      [{ cluster: "main" }, /is made by the platform; formats for it are json, env, terraform, cdk, /],
      [
        { oidcProvider: "oidc.eks.eu-west-1.amazonaws.com/id/ABCD1234" },
        /by the annotation eks\.amazonaws\.com\/role-arn/,
      ],
    ] as const)
      assert.throws(
        () =>
          refuseOther(
            { ...consumer, role: { ...consumer.role, pods: { ...pods, ...change } } },
            "cloudformation",
          ),
        why,
      );
    assert.doesNotThrow(() => refuseOther(consumer, "cloudformation"));
    assert.throws(() => refuseOther(consumer, "ecs"), /^UsageError|ecs is for ecs consumers/);
  });

  it("buildspec: an `env` of the keys that CodeBuild knows, secrets by ARN and field, parameters by name", () => {
    for (const { subject, text } of printed("buildspec")) {
      const { version, env } = parse(text) as {
        version: number;
        env: Record<string, Record<string, string>>;
      };
      assert.equal(version, 0.2);
      const known = ["variables", "parameter-store", "secrets-manager"];
      assert.deepEqual(
        Object.keys(env).filter((key) => !known.includes(key)),
        [],
      );
      for (const { variable, item, field, arn } of subject.injected)
        assert.equal(
          env[item.kind === "parameter" ? "parameter-store" : "secrets-manager"]?.[variable],
          item.kind === "parameter" ? item.name : field === undefined ? arn : `${arn}:${field}`,
        );
    }
  });

  it("env: what Node reads of it is the places and plain text alone", () => {
    for (const { subject, text } of printed("env"))
      assert.deepEqual(
        { ...parseEnv(text) },
        {
          ...Object.fromEntries(subject.read.map(({ variable, arn }) => [variable, arn])),
          ...subject.consumer.variables,
        },
      );
  });

  it("external-secrets and csi: resources of the operators' definitions", () => {
    const ajv = new Ajv({ strict: false });
    const kinds: Readonly<Record<string, ReturnType<typeof ajv.compile>>> = {
      ExternalSecret: ajv.compile(externalSecret),
      SecretStore: ajv.compile(secretStore),
      SecretProviderClass: ajv.compile(secretProviderClass),
    };
    for (const format of ["external-secrets", "csi"] as const)
      for (const { subject, text } of printed(format))
        for (const document of parseAllDocuments(text)) {
          const resource = document.toJS() as { readonly kind: string };
          const validate = kinds[resource.kind]!;
          assert.ok(validate(resource), `${subject.consumer.name}: ${ajv.errorsText(validate.errors)}`);
        }
  });

  it("csi: objects of AWS's provider: secrets by ARN, parameters of the account by name, files without a slash", () => {
    for (const { subject, text } of printed("csi")) {
      const { spec } = parse(text) as { spec: { parameters: { objects: string } } };
      const objects = parse(spec.parameters.objects) as readonly Record<string, unknown>[];
      for (const { objectName, objectType, objectAlias, jmesPath = [], ...others } of objects) {
        assert.deepEqual(others, {});
        assert.equal(objectType, String(objectName).startsWith("arn:") ? "secretsmanager" : "ssmparameter");
        const aliases = [
          objectAlias,
          ...(jmesPath as { objectAlias: string }[]).map((one) => one.objectAlias),
        ];
        assert.ok(aliases.every((alias) => /^[\w.-]+$/.test(String(alias))));
      }
      const elsewhere = [...subject.injected, ...subject.read].filter(
        ({ item }) => item.kind === "parameter" && item.account !== subject.consumer.account,
      );
      assert.equal(text.split("\n").filter((line) => line.startsWith("#")).length, elsewhere.length);
    }
  });

  it("csi: by Pod Identity, where the manifest names no OIDC provider of the cluster", () => {
    const byPodIdentity = printed("csi").filter(({ text }) => {
      const { spec } = parse(text) as { spec: { parameters: { usePodIdentity?: string } } };
      return spec.parameters.usePodIdentity === "true";
    });
    const expected = subjects.filter(
      ({ consumer: { settings } }) => settings.kind === "eks" && settings.oidcProvider === undefined,
    );
    assert.ok(expected.length > 0);
    assert.deepEqual(
      byPodIdentity.map(({ subject }) => subject.consumer.name),
      expected.map(({ consumer }) => consumer.name),
    );
  });

  it("terraform: names the parameter that the stack publishes, and needs no ARN", () => {
    for (const { subject, text } of printed("terraform")) {
      assert.ok(text.includes(`  name = "${subject.consumer.references?.name}"\n`));
      assert.ok(!text.includes("arn:"));
      const [parsed, error] = parseToObject(text);
      assert.equal(error, null);
      const [name = "", ...others] = Object.keys(parsed?.data.aws_ssm_parameter ?? {});
      assert.deepEqual(others, []);
      assert.deepEqual(parsed?.locals, [
        { [name]: `\${jsondecode(data.aws_ssm_parameter.${name}.insecure_value)}` },
      ]);
    }
    assert.equal(parseToObject("locals { x = ")[0], null);
  });
});
