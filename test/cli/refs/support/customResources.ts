/**
 * What the operators' own definitions ask of the resources that are printed: the keys that are used, each as it stands there.
 * No other key is let through, so that a misspelt one shows.
 */

const closed = (required: readonly string[], properties: Readonly<Record<string, object>>) => ({
  type: "object",
  required,
  properties,
  additionalProperties: false,
});

const dnsName = {
  type: "string",
  minLength: 1,
  maxLength: 253,
  pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
};

const resource = (apiVersion: string, kind: string, spec: object) =>
  closed(["apiVersion", "kind", "metadata", "spec"], {
    apiVersion: { const: apiVersion },
    kind: { const: kind },
    metadata: closed(["name"], { name: dnsName }),
    spec,
  });

/** https://github.com/external-secrets/external-secrets/blob/main/config/crds/bases/external-secrets.io_externalsecrets.yaml */
export const externalSecret = resource(
  "external-secrets.io/v1",
  "ExternalSecret",
  closed([], {
    refreshInterval: { type: "string" },
    secretStoreRef: closed([], { name: dnsName, kind: { enum: ["SecretStore", "ClusterSecretStore"] } }),
    target: closed([], { name: dnsName }),
    data: {
      type: "array",
      items: closed(["remoteRef", "secretKey"], {
        secretKey: { type: "string", minLength: 1, maxLength: 253, pattern: "^[-._a-zA-Z0-9]+$" },
        remoteRef: closed(["key"], { key: { type: "string" }, property: { type: "string" } }),
      }),
    },
  }),
);

/** https://github.com/external-secrets/external-secrets/blob/main/config/crds/bases/external-secrets.io_secretstores.yaml */
export const secretStore = resource(
  "external-secrets.io/v1",
  "SecretStore",
  closed(["provider"], {
    provider: {
      ...closed([], {
        aws: closed(["region", "service"], {
          service: { enum: ["SecretsManager", "ParameterStore"] },
          region: { type: "string" },
        }),
      }),
      minProperties: 1,
      maxProperties: 1,
    },
  }),
);

/** https://github.com/kubernetes-sigs/secrets-store-csi-driver/blob/main/config/crd/bases/secrets-store.csi.x-k8s.io_secretproviderclasses.yaml */
export const secretProviderClass = resource(
  "secrets-store.csi.x-k8s.io/v1",
  "SecretProviderClass",
  closed([], {
    provider: { type: "string" },
    parameters: { type: "object", additionalProperties: { type: "string" } },
  }),
);
