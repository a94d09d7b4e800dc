import { types } from "../../../../policies/view/types";
import { instanceMetadata } from "../../../../policies/rules/ec2/instance-metadata";
import { testRule } from "../../support/cases";
import { declare, later, other } from "../../support/program";

testRule(instanceMetadata, {
  passes: {
    "version 2, one hop": declare("launchTemplate", {
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    }),
    "version 2, hops by default": declare("launchTemplate", { metadataOptions: { httpTokens: "required" } }),
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
