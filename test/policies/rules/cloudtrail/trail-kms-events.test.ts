import { trailKmsEvents } from "../../../../policies/rules/cloudtrail/trail-kms-events";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const trail = (more: object) => declare("trail", { s3BucketName: "trails", ...more });
const basic = (...eventSelectors: object[]) => trail({ eventSelectors });
const advanced = (...selectors: object[][]) =>
  trail({ advancedEventSelectors: selectors.map((fieldSelectors) => ({ fieldSelectors })) });
const management = { field: "eventCategory", equals: ["Management"] };

testRule(trailKmsEvents, {
  passes: {
    "advanced: data events of something unknown": advanced(
      [management],
      [
        { field: "eventCategory", equals: ["Data"] },
        { field: "resources.ARN", startsWith: [later] },
      ],
    ),
    "advanced: another source left out": advanced([
      management,
      { field: "eventSource", notEquals: ["rdsdata.amazonaws.com"] },
    ]),
    "advanced: reads and writes apart": advanced(
      [management, { field: "readOnly", equals: ["true"] }],
      [management, { field: "readOnly", equals: ["false"] }],
    ),
    "reads and writes apart": basic({ readWriteType: "ReadOnly" }, { readWriteType: "WriteOnly" }),
    "left to the default": trail({}),
    "all management events": basic({ readWriteType: "All", includeManagementEvents: true }),
    "RDS left out": basic({ excludeManagementEventSources: ["rdsdata.amazonaws.com"] }),
    "advanced: all management events": advanced([management]),
    "advanced: two selectors, one with KMS": advanced(
      [management],
      [management, { field: "eventSource", notEquals: ["kms.amazonaws.com"] }],
    ),
  },
  fails: {
    "KMS left out of reads": {
      program: basic(
        { readWriteType: "ReadOnly", excludeManagementEventSources: ["kms.amazonaws.com"] },
        { readWriteType: "WriteOnly" },
      ),
      at: "eventSelectors leave KMS",
    },
    "advanced: KMS left out of reads": {
      program: advanced(
        [
          management,
          { field: "readOnly", equals: ["true"] },
          { field: "eventSource", notEquals: ["kms.amazonaws.com"] },
        ],
        [management, { field: "readOnly", equals: ["false"] }],
      ),
      at: "advancedEventSelectors leave KMS events out",
    },
    "advanced: KMS left out by how its name begins": {
      program: advanced([management, { field: "eventSource", notStartsWith: ["kms"] }]),
      at: "advancedEventSelectors leave KMS events out",
    },
    "advanced: what decrypts left out": {
      program: advanced([management, { field: "eventName", notEquals: ["Decrypt"] }]),
      at: "advancedEventSelectors leave KMS events out",
    },
    "KMS left out": {
      program: basic({ excludeManagementEventSources: ["rdsdata.amazonaws.com", "kms.amazonaws.com"] }),
      at: "eventSelectors leave KMS",
    },
    "reads left out": {
      program: basic({ readWriteType: "WriteOnly" }),
      at: "eventSelectors record only WriteOnly",
    },
    "no management events": {
      program: basic({ includeManagementEvents: false }),
      at: "eventSelectors leave management events out",
    },
    "advanced: KMS left out": {
      program: advanced([management, { field: "eventSource", notEquals: ["kms.amazonaws.com"] }]),
      at: "advancedEventSelectors leave KMS events out",
    },
    "advanced: another source only": {
      program: advanced([management, { field: "eventSource", equals: ["rdsdata.amazonaws.com"] }]),
      at: "advancedEventSelectors leave KMS events out",
    },
    "advanced: writes only": {
      program: advanced([management, { field: "readOnly", equals: ["false"] }]),
      at: "advancedEventSelectors record only",
    },
    "advanced: data events only": {
      program: advanced([{ field: "eventCategory", equals: ["Data"] }]),
      at: "advancedEventSelectors leave management events out",
    },
  },
  undecided: {
    "the selectors": { program: trail({ eventSelectors: later }), at: "eventSelectors is not known" },
    "a selector's part": {
      program: basic({ excludeManagementEventSources: later }),
      at: "eventSelectors is not known",
    },
    "an advanced selector's part": {
      program: advanced([
        { field: "eventCategory", equals: ["Management"] },
        { field: later, equals: ["x"] },
      ]),
      at: "advancedEventSelectors is not known",
    },
    "the advanced selectors": {
      program: trail({ advancedEventSelectors: later }),
      at: "advancedEventSelectors is not known",
    },
  },
});
