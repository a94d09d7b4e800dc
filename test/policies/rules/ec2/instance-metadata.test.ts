import { types } from "../../../../policies/view/types";
import { instanceMetadata } from "../../../../policies/rules/ec2/instance-metadata";
import { testRule } from "../../support/cases";
import { declare, later, other } from "../../support/program";

const twoHops = { httpTokens: "required", httpPutResponseHopLimit: 2 };

function containers(name: string | undefined, change: object = {}) {
  return declare("launchTemplate", { name, metadataOptions: { ...twoHops, ...change } });
}

testRule(instanceMetadata, {
  settings: { containerInstances: ["orders-prod-reports"] },
  passes: {
    "version 2, one hop": declare("launchTemplate", {
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    }),
    "version 2, hops by default": declare("launchTemplate", { metadataOptions: { httpTokens: "required" } }),
    "two hops, where the owner said that containers need the role": containers("orders-prod-reports"),
    "no metadata service": declare("launchTemplate", { metadataOptions: { httpEndpoint: "disabled" } }),
    "an instance of a launch template": declare("instance", { launchTemplate: { id: "lt-1" } }),
  },
  fails: {
    "of a spot instance, left to the default": {
      program: other(types.spotInstance, {}),
      at: "metadataOptions.httpTokens is not",
    },
    "left to the default": {
      program: declare("launchTemplate", {}),
      at: "metadataOptions.httpTokens is not",
    },
    "version 1 too": {
      program: declare("launchTemplate", { metadataOptions: { httpTokens: "optional" } }),
      at: "metadataOptions.httpTokens is not",
    },
    "two hops": {
      program: declare("launchTemplate", {
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
      }),
      at: "metadataOptions.httpPutResponseHopLimit is 2",
    },
    "two hops of another's template": {
      program: containers("orders-prod-worker"),
      at: "metadataOptions.httpPutResponseHopLimit is 2; 1 is allowed",
    },
    "two hops of a template whose name AWS makes up": {
      program: containers(undefined),
      at: "metadataOptions.httpPutResponseHopLimit is 2; 1 is allowed",
    },
    "two hops of a launch configuration of that name": {
      program: declare("launchConfiguration", {
        ...{ name: "orders-prod-reports", imageId: "ami-1", instanceType: "t3.micro" },
        metadataOptions: twoHops,
      }),
      at: "metadataOptions.httpPutResponseHopLimit is 2; 1 is allowed",
    },
    "three hops, whoever said so": {
      program: containers("orders-prod-reports", { httpPutResponseHopLimit: 3 }),
      at: "metadataOptions.httpPutResponseHopLimit is 3; 2 is allowed",
    },
    "version 1 with two hops": {
      program: containers("orders-prod-reports", { httpTokens: "optional" }),
      at: "metadataOptions.httpTokens is not",
    },
    "an instance": {
      program: declare("instance", { ami: "ami-1" }),
      at: "metadataOptions.httpTokens is not",
    },
    "an instance that undoes its template": {
      program: declare("instance", {
        launchTemplate: { id: "lt-1" },
        metadataOptions: { httpTokens: "optional" },
      }),
      at: "metadataOptions.httpTokens is not",
    },
    "a launch configuration": {
      program: declare("launchConfiguration", { imageId: "ami-1", instanceType: "t3.micro" }),
      at: "metadataOptions.httpTokens is not",
    },
  },
  undecided: {
    "the name, where some may have two hops": {
      program: containers(later),
      at: "name is not known",
    },
    "the options": {
      program: declare("launchTemplate", { metadataOptions: later }),
      at: "metadataOptions is not known",
    },
    "the version": {
      program: declare("launchTemplate", { metadataOptions: { httpTokens: later } }),
      at: "metadataOptions.httpTokens is not known",
    },
    "the hops": {
      program: declare("launchTemplate", {
        metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: later },
      }),
      at: "metadataOptions.httpPutResponseHopLimit is not known",
    },
  },
});
