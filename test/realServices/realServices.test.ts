import assert from "node:assert/strict";
import { isAsMeant } from "../../cli/check/access";
import type { CheckedStacks } from "../../cli/check/check";
import { describedOf } from "../../cli/describe/described";
import { select } from "../../cli/describe/select";
import { formats } from "../../cli/refs/formats";
import { subjectOf } from "../../cli/refs/subject";
import { accountPlace } from "../../model/documents/accountHoldings";
import { referencesDocument } from "../../model/references/document";
import { plannedArn } from "../../model/references/reference";
import { formatProblem } from "../../model/yaml/problem";
import { documenso } from "./documenso/table";
import { keycloak } from "./keycloak/table";
import { mastodon } from "./mastodon/table";
import { n8n } from "./n8n/table";
import { nginx } from "./nginx/table";
import { outline } from "./outline/table";
import { type ContainerRequest, refusals, taskRequests } from "./support/registered";
import { checked, manifestNames } from "./support/services";
import type { ContainerTable, Process, ServiceTable } from "./support/table";
import { expected, told } from "./support/told";

const tables: readonly ServiceTable[] = [documenso, keycloak, mastodon, n8n, nginx, outline];
const environments = ["staging", "prod"] as const;

/** Each container that a table speaks of, the main one under no name. */
function containersOf(
  table: ServiceTable["consumers"][string],
): readonly (readonly [string, ContainerTable])[] {
  return [["", table], ...Object.entries(table.beside ?? {})];
}

describe("real services", function () {
  this.timeout(300_000);
  let result: CheckedStacks;
  before(async () => {
    const outcome = await checked();
    if ("errors" in outcome) throw new Error(outcome.errors.map(formatProblem).join("\n"));
    result = outcome;
  });

  it("have a table each, but for what only others read", () => {
    assert.deepEqual(
      manifestNames.filter((name) => !tables.some(({ service }) => service === name)),
      ["authorities"],
    );
  });

  it("pass the whole check: the rules of the pack, and who can read what", () => {
    assert.deepEqual(result.findings, []);
    assert.ok(isAsMeant(result.access));
    assert.ok(!("undecided" in result.access) && result.rules > 50);
  });

  for (const { service, consumers, left } of tables) {
    describe(service, () => {
      for (const environment of environments) {
        it(`is told in ${environment} what its table says, variable by variable`, () => {
          const [described] = select(result.plan, `${service}/${environment}`).map((one) =>
            describedOf(result.plan, one),
          );
          assert.ok(described);
          assert.deepEqual(
            described.consumers.map(({ consumer }) => consumer).sort(),
            Object.keys(consumers)
              .map((name) => `${service}/${environment}/${name}`)
              .sort(),
          );
          for (const consumer of described.consumers) {
            const table = consumers[consumer.consumer.split("/")[2]!]!;
            for (const [name, container] of containersOf(table))
              assert.deepEqual(
                told(result.plan, described, consumer, name === "" ? undefined : name),
                expected(container, environment),
                `${consumer.consumer} ${name}`,
              );
            const known = containersOf(table).map(([name]) => name);
            const others = [
              ...consumer.variables.map(({ container = "" }) => container),
              ...Object.keys(consumer.plainBeside),
            ].filter((name) => !known.includes(name));
            assert.deepEqual(others, [], `containers of ${consumer.consumer} that its table lacks`);
          }
        });
      }

      it("leaves variables out for a reason, and gives none of them to a process", () => {
        const given = new Set(
          Object.values(consumers).flatMap((table) =>
            containersOf(table).flatMap(([, { variables }]) => Object.keys(variables)),
          ),
        );
        const names = Object.values(left).flat();
        assert.equal(new Set(names).size, names.length);
        assert.deepEqual(
          names.filter((name) => given.has(name)),
          [],
        );
        for (const reason of Object.keys(left)) assert.match(reason, /\w+ \w+ \w+/);
      });

      it("runs as its project documents it, by requests that Amazon ECS takes", async () => {
        const tasks = taskRequests(result);
        const requests = environments.flatMap((environment) =>
          Object.entries(consumers).map(([name, table]) => {
            const family = `${service}-${environment}-${name}`;
            const task = tasks.get(family);
            assert.equal(task === undefined, table.process === undefined, family);
            if (task === undefined) return pasted(result, service, environment, name);
            assertRuns(table, task.containerDefinitions, family);
            return task;
          }),
        );
        assert.deepEqual(
          await refusals(requests),
          requests.map(() => ""),
        );
      });
    });
  }

  it("would be refused by Amazon ECS if a request were wrong", async () => {
    const [one] = taskRequests(result).values();
    assert.ok(one);
    const [report] = await refusals([{ ...one, containerDefinitions: [{ files: {}, dependsOn: "x" }] }]);
    assert.match(report ?? "", /"files"[^]*dependsOn/);
  });
});

function assertRuns(
  table: ServiceTable["consumers"][string],
  containers: readonly ContainerRequest[],
  family: string,
): void {
  const first = table.first ?? [];
  assert.deepEqual(
    containers.map(({ name }) => name),
    [family, ...Object.keys(table.beside ?? {})],
  );
  for (const [name, { process, files }] of containersOf(table)) {
    const container = containers.find((one) => one.name === (name === "" ? family : name));
    assert.ok(container && process, `${family} ${name}`);
    assert.deepEqual(processOf(container), { checked: false, ...process, writes: writesOf(process, files) });
    assert.equal(container.essential, !first.includes(name));
    const before = first.includes(name) ? first.slice(0, first.indexOf(name)).slice(-1) : first.slice(-1);
    assert.deepEqual(
      (container.dependsOn ?? []).map(({ containerName, condition }) => `${containerName} ${condition}`),
      before.map((one) => `${one} SUCCESS`),
    );
  }
}

/** With the folders of files, which are in memory too. */
function writesOf({ writes }: Process, files: ContainerTable["files"]): readonly string[] {
  const folders = Object.keys(files ?? {}).map((path) => path.slice(0, path.lastIndexOf("/")));
  return [...new Set([...writes, ...folders])].sort();
}

function processOf(container: ContainerRequest): Process {
  const { user, portMappings = [], linuxParameters, entryPoint = [], command = [], healthCheck } = container;
  // A shell that writes files stands before the image's own entry point.
  const behindShell = entryPoint[0] === "/bin/sh" ? entryPoint.slice(4) : entryPoint;
  const runs = [...behindShell, ...command];
  return {
    user,
    ports: portMappings.map(({ containerPort }) => containerPort),
    writes: (linuxParameters.tmpfs ?? []).map(({ containerPath }) => containerPath).sort(),
    ...(runs.length > 0 && { runs }),
    checked: healthCheck !== undefined,
  };
}

/** What `platform refs --format ecs` prints, with what a team adds to it. */
function pasted({ plan }: CheckedStacks, service: string, environment: string, name: string): object {
  const consumer = plan.consumers.find(
    (one) => one.service === service && one.environment === environment && one.consumer === name,
  );
  assert.ok(consumer);
  const document = referencesDocument(consumer, (item) => plannedArn(item).replace("??????", "AbC123"));
  const place = accountPlace(plan.organisation, consumer.account);
  const text = formats.ecs.print(subjectOf(consumer, document, place));
  const { containerDefinitions, ...rest } = JSON.parse(text) as { readonly containerDefinitions: object[] };
  assert.ok(containerDefinitions.length === 1 && !text.includes("??????"));
  return {
    ...rest,
    family: consumer.name,
    containerDefinitions: [{ ...containerDefinitions[0], image: "example" }],
  };
}
