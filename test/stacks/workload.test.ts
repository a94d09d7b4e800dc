import assert from "node:assert/strict";
import type { RegisteredResource } from "../../cli/inMemory/registeredResource";
import type { ConsumerPlan, ReadableItem } from "../../model/plan/types";
import type { ReferencesDocument } from "../../model/references/document";
import { type Built, built, ofType, stackNamed } from "./support/built";
import { some } from "../support/some";

/** The Plan's consumers and local parameters, as the samples' workload stacks register them. */
for (const environment of ["staging", "prod"]) {
  describe(`the ${environment} stack of the samples`, function () {
    this.timeout(240_000);
    let all: Built;
    let consumers: readonly ConsumerPlan[];

    before(async () => {
      all = await built("aws");
      consumers = all.plan.consumers.filter((consumer) => consumer.environment === environment);
    });

    it("makes exactly the roles of the plan, each of its path and within the boundary", () => {
      const roles = ofType(stackNamed(all, environment), "aws:iam/role:Role").filter(({ inputs }) =>
        String(inputs["path"]).startsWith("/services/"),
      );
      const planned = consumers.flatMap(({ role, executionRole }) =>
        executionRole ? [role, executionRole] : [role],
      );
      assert.deepEqual(
        roles.map(({ outputs }) => outputs["arn"]).sort(),
        planned.map(({ arn }) => arn).sort(),
      );
      const [boundary] = ofType(stackNamed(all, environment), "aws:iam/policy:Policy");
      for (const { inputs, dependencies } of roles) {
        assert.equal(inputs["permissionsBoundary"], boundary?.outputs["arn"]);
        assert.ok(dependencies.includes(boundary!.urn));
      }
    });

    it("holds the parameters whose home it is, with their values of this environment", () => {
      const planned = all.plan.parameters.filter(
        (item) => item.environment === environment && item.home === "workload",
      );
      const plain = ofType(stackNamed(all, environment), "aws:ssm/parameter:Parameter")
        .filter(({ inputs }) => !String(inputs["name"]).includes("/platform/"))
        .map(({ inputs }) => [inputs["name"], inputs["type"], inputs["insecureValue"], inputs["tier"]]);
      assert.deepEqual(
        plain.sort(),
        planned
          .filter(({ value }) => value !== undefined)
          .map(({ name, type, value, tier }) => [name, type, value, tier])
          .sort(),
      );
      const secure = ofType(stackNamed(all, environment), "secrets-platform:index:ExpiringParameter");
      assert.deepEqual(
        secure.map(({ inputs }) => inputs["name"]).sort(),
        planned
          .filter(({ key }) => key !== undefined)
          .map(({ name }) => name)
          .sort(),
      );
    });

    it("tells in one parameter a consumer where its values are, by full ARNs, as a task has them", () => {
      const told = ofType(stackNamed(all, environment), "aws:ssm/parameter:Parameter").filter(({ inputs }) =>
        String(inputs["name"]).includes("/platform/"),
      );
      assert.deepEqual(
        told.map(({ outputs }) => outputs["arn"]).sort(),
        consumers.map(({ references }) => references?.arn).sort(),
      );
      for (const consumer of consumers) {
        const { inputs } = resource("aws:ssm/parameter:Parameter", `${consumer.references!.name}-parameter`);
        const { type, tier, insecureValue, tags } = inputs as Readonly<Record<string, string>>;
        assert.deepEqual([type, tier], ["String", "Standard"]);
        assert.deepEqual(tags, { service: consumer.service, environment, owner: consumer.owner });
        const { roles, ...variables } = JSON.parse(insecureValue ?? "") as ReferencesDocument;
        assert.deepEqual(
          Object.values(roles).sort(),
          [consumer.role, ...(consumer.executionRole ? [consumer.executionRole] : [])]
            .map(({ arn }) => arn)
            .sort(),
        );
        assert.ok(!insecureValue?.includes("?"), insecureValue);
        if (consumer.settings.kind !== "ecs" || consumer.settings.task === undefined) continue;
        const task = resource("aws:ecs/taskDefinition:TaskDefinition", `${consumer.name}-task-definition`);
        const [container] = JSON.parse(String(task.inputs["containerDefinitions"])) as readonly Container[];
        const { secrets = [], environment: places = [] } = container!;
        // What a team deploys itself has no shell of ours that makes files of variables.
        const inFiles = consumer.injections.flatMap(({ variable, file }) =>
          file === undefined ? [] : [variable],
        );
        const inVariables = secrets.filter(({ name }) => !inFiles.includes(name));
        assert.deepEqual(variables, {
          secrets: sortedByName(inVariables),
          environment: sortedByName(places),
        });
      }
    });

    it("gives Lambda functions and instances the places of what they read, never the values", () => {
      const functions = consumers.filter(
        ({ settings }) => settings.kind === "lambda" && settings.function !== undefined,
      );
      for (const consumer of some(functions, "functions with code")) {
        const { inputs } = resource("aws:lambda/function:Function", `${consumer.name}-function`);
        const { variables } = inputs["environment"] as { variables: Readonly<Record<string, string>> };
        const places = Object.entries(variables).filter(([name]) => !(name in consumer.variables));
        assert.deepEqual(places.map(([, value]) => value).sort(), consumer.role.grants.map(arnOf).sort());
        assert.ok(places.every(([name]) => name.endsWith("_ARN")));
        assert.equal(places.length + Object.keys(consumer.variables).length, Object.keys(variables).length);
      }
      const instances = consumers.filter(
        ({ settings }) => settings.kind === "ec2" && settings.instance !== undefined,
      );
      for (const consumer of some(instances, "instances")) {
        const { inputs } = resource("aws:ec2/launchTemplate:LaunchTemplate", `${consumer.name}-template`);
        const script = Buffer.from(String(inputs["userData"]), "base64").toString();
        for (const item of some(consumer.role.grants, `grants of ${consumer.name}`))
          assert.ok(script.includes(arnOf(item)), `${consumer.name} is not told of ${item.item}`);
      }
    });

    it("lets ECS inject what manifests name, by the place and field they name, and run as its own roles", () => {
      const tasks = consumers.filter(
        ({ settings }) => settings.kind === "ecs" && settings.task !== undefined,
      );
      assert.ok(tasks.length > 0);
      for (const consumer of tasks) {
        const { inputs } = resource(
          "aws:ecs/taskDefinition:TaskDefinition",
          `${consumer.name}-task-definition`,
        );
        const [container, ...sidecars] = JSON.parse(String(inputs["containerDefinitions"])) as Container[];
        for (const each of [container!, ...sidecars]) {
          const own = each === container ? undefined : each.name;
          const injected = consumer.injections
            .filter((injection) => injection.container === own)
            .map(({ variable, item, field }) => ({
              name: variable,
              valueFrom: field === undefined ? arnOf(item) : `${arnOf(item)}:${field}::`,
            }));
          assert.deepEqual(sortedByName(each.secrets ?? []), sortedByName(injected));
          const plain = own === undefined ? {} : (consumer.sidecarVariables[own] ?? {});
          if (own !== undefined)
            assert.deepEqual(
              each.environment,
              Object.entries(plain).map(([name, value]) => ({ name, value })),
            );
        }
        assert.deepEqual(
          [inputs["executionRoleArn"], inputs["taskRoleArn"]],
          [consumer.executionRole?.arn, consumer.role.arn],
        );
        assert.deepEqual(
          (container?.environment ?? []).map(({ value }) => value).sort(),
          [
            ...Object.values(consumer.variables),
            ...consumer.settings.reads.map(({ service, item }) =>
              arnOf(consumer.role.grants.find((grant) => grant.service === service && grant.item === item)!),
            ),
          ].sort(),
        );
      }
    });

    it("lets CodeBuild inject what manifests name, in its project or its inline buildspec", () => {
      const builds = consumers.filter(
        ({ settings }) => settings.kind === "codebuild" && settings.project !== undefined,
      );
      assert.ok(builds.length > 0);
      for (const consumer of builds) {
        const text = JSON.stringify(
          resource("aws:codebuild/project:Project", `${consumer.name}-project`).inputs,
        );
        for (const { variable, item } of consumer.injections) {
          const place = item.kind === "parameter" ? item.name : arnOf(item);
          assert.ok(text.includes(variable) && text.includes(place), `${consumer.name} ${variable}`);
        }
      }
    });

    /** Full ARN, as the security stack exports it. */
    function arnOf(item: ReadableItem): string {
      if (item.kind !== "secret") return item.arn;
      const { secretArns } = stackNamed(all, "security").outputs as {
        secretArns: Readonly<Record<string, string>>;
      };
      return secretArns[item.name]!;
    }

    function resource(type: string, name: string): RegisteredResource {
      const found = ofType(stackNamed(all, environment), type).filter((candidate) => candidate.name === name);
      assert.equal(found.length, 1, `${found.length} of ${type} ${name}`);
      return found[0]!;
    }
  });
}

interface Container {
  readonly name: string;
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
}

function sortedByName<T extends { readonly name: string }>(entries: readonly T[]): readonly T[] {
  return [...entries].sort((one, other) => (one.name < other.name ? -1 : 1));
}
