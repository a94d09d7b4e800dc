import { taskHardening } from "../../../../policies/rules/ecs/task-hardening";
import { testRule } from "../../support/cases";
import { declare, later, without } from "../../support/program";

const container = {
  name: "app",
  user: "1000:1000",
  privileged: false,
  readonlyRootFilesystem: true,
  logConfiguration: { logDriver: "awslogs" },
};
const task = (definition: object, more: object = {}) =>
  declare("taskDefinition", {
    family: "f",
    containerDefinitions: [definition] as never,
    networkMode: "awsvpc",
    ...more,
  });
const at = (property: string) => `containerDefinitions[0].${property}`;

testRule(taskHardening, {
  passes: {
    hardened: task(container),
    "in JSON": task({}, { containerDefinitions: JSON.stringify([container]) }),
    "Windows, which has neither root nor a read-only root": task(
      without(container, "user", "readonlyRootFilesystem"),
      {
        runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
      },
    ),
  },
  fails: {
    // In text, where the later of two spellings counts; a list crosses to the pack without the order of its keys.
    "privileged, in capitals": {
      program: task(container, {
        containerDefinitions: JSON.stringify([{ ...container, Privileged: true }]),
      }),
      at: `${at("privileged")} is on`,
    },
    privileged: { program: task({ ...container, privileged: true }), at: `${at("privileged")} is on` },
    "root by default": { program: task(without(container, "user")), at: `${at("user")} is root` },
    "root by name": { program: task({ ...container, user: "root" }), at: `${at("user")} is root` },
    "root by number": { program: task({ ...container, user: "0:1000" }), at: `${at("user")} is root` },
    "a writable root": {
      program: task(without(container, "readonlyRootFilesystem")),
      at: `${at("readonlyRootFilesystem")} is off`,
    },
    "no log": {
      program: task(without(container, "logConfiguration")),
      at: `${at("logConfiguration")} names no driver`,
    },
    "the host's network": {
      program: task(container, { networkMode: "host" }),
      at: "networkMode is the host's",
    },
    "the host's processes": { program: task(container, { pidMode: "host" }), at: "pidMode is the host's" },
    "the host's memory": { program: task(container, { ipcMode: "host" }), at: "ipcMode is the host's" },
  },
  undecided: {
    "the containers": {
      program: task({}, { containerDefinitions: later }),
      at: "containerDefinitions is not known",
    },
    "the network": { program: task(container, { networkMode: later }), at: "networkMode is not known" },
    "the user": { program: task({ ...container, user: later }), at: `${at("user")} is not known` },
    privileges: {
      program: task({ ...container, privileged: later }),
      at: `${at("privileged")} is not known`,
    },
    "the root": {
      program: task({ ...container, readonlyRootFilesystem: later }),
      at: `${at("readonlyRootFilesystem")} is not`,
    },
    "the log": {
      program: task({ ...container, logConfiguration: later }),
      at: `${at("logConfiguration")} is not known`,
    },
  },
});
