import assert from "node:assert/strict";
import { parse } from "yaml";
import { buildSpecification, injectedVariables } from "../../../components/workload/buildSpecification";
import { databaseArn, injected, sharedArn } from "./support/consumer";

const commands = ["npm ci", 'npm run release -- --tag "$(date +%F): it\'s #1"'];

describe("buildSpecification", () => {
  it("names in an inline specification where each value comes from", () => {
    assert.deepEqual(parse(buildSpecification({ commands }, injected)), {
      version: 0.2,
      env: {
        "secrets-manager": { DB_PASSWORD: `${databaseArn}:password`, BILLING_TOKEN: sharedArn },
        "parameter-store": { LOG_LEVEL: "/orders/prod/log-level" },
      },
      phases: { build: { commands } },
    });
  });

  it("leaves out what nothing is injected from", () => {
    const [secret, parameter] = injected;
    assert(secret !== undefined && parameter !== undefined);
    assert.deepEqual(parse(buildSpecification({ commands }, [])), {
      version: 0.2,
      phases: { build: { commands } },
    });
    const env = (value: typeof secret): unknown =>
      (parse(buildSpecification({ commands }, [value])) as { env: unknown }).env;
    assert.deepEqual(env(secret), { "secrets-manager": { DB_PASSWORD: `${databaseArn}:password` } });
    assert.deepEqual(env(parameter), { "parameter-store": { LOG_LEVEL: "/orders/prod/log-level" } });
  });

  it("means the same to readers of YAML 1.1", () => {
    const [secret] = injected;
    const variables = ["ON", "No", "y"].map((variable) => ({ ...secret!, variable }));
    const words = ["true", "yes", "off", "0777", "12:30:45"];
    const specification = parse(buildSpecification({ commands: words }, variables), { version: "1.1" }) as {
      env: { "secrets-manager": object };
      phases: { build: { commands: unknown } };
    };
    assert.deepEqual(Object.keys(specification.env["secrets-manager"]), ["ON", "No", "y"]);
    assert.deepEqual(specification.phases.build.commands, words);
  });

  it("keeps each command on its line, however long", () => {
    const long = `echo ${"word ".repeat(60)}end`;
    assert(buildSpecification({ commands: [long] }, []).includes(long));
  });

  it("is the path of a file, whose values become variables of the project", () => {
    const build = { file: "ci/buildspec.yml" };
    assert.equal(buildSpecification(build, injected), "ci/buildspec.yml");
    assert.deepEqual(injectedVariables(build, injected), [
      { name: "DB_PASSWORD", type: "SECRETS_MANAGER", value: `${databaseArn}:password` },
      { name: "LOG_LEVEL", type: "PARAMETER_STORE", value: "/orders/prod/log-level" },
      { name: "BILLING_TOKEN", type: "SECRETS_MANAGER", value: sharedArn },
    ]);
    assert.deepEqual(injectedVariables({ commands }, injected), []);
  });
});
