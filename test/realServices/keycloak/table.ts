import { address, byHand, generated, login, plainTexts, type ServiceTable, written } from "../support/table";

/** https://www.keycloak.org/server/all-config, https://www.keycloak.org/server/bootstrap-admin-recovery */
export const keycloak: ServiceTable = {
  service: "keycloak",
  consumers: {
    server: {
      variables: {
        KC_DB_URL: address("database"),
        KC_DB_USERNAME: login("database", "username"),
        KC_DB_PASSWORD: login("database", "password"),
        KC_BOOTSTRAP_ADMIN_PASSWORD: generated("bootstrap-admin", { length: 40, alphabet: "alphanumeric" }),
        ...plainTexts({
          KC_BOOTSTRAP_ADMIN_USERNAME: "first-admin",
          KC_HOSTNAME: { staging: "https://login.staging.example.com", prod: "https://login.example.com" },
          KC_HTTPS_CERTIFICATE_FILE: "/run/tls/tls.crt",
          KC_HTTPS_CERTIFICATE_KEY_FILE: "/run/tls/tls.key",
          KC_PROXY_HEADERS: "xforwarded",
          KC_LOG_LEVEL: "info",
        }),
      },
      files: {
        "/run/tls/tls.crt": byHand("certificate"),
        "/run/tls/tls.key": byHand("certificate-key"),
        "/opt/keycloak/.postgresql/root.crt": written("authorities/database"),
      },
      process: {
        user: "1000",
        ports: [8443, 9000, 7800, 57800],
        writes: ["/tmp", "/opt/keycloak/data"],
        runs: ["/opt/keycloak/bin/kc.sh", "start", "--optimized"],
      },
    },
  },
  left: {
    "fixed in the image by `kc.sh build`, which `start --optimized` takes them from": [
      "KC_DB",
      "KC_FEATURES",
      "KC_HEALTH_ENABLED",
      "KC_METRICS_ENABLED",
    ],
    "the certificate is given as PEM files, not as a key store": [
      "KC_HTTPS_KEY_STORE_FILE",
      "KC_HTTPS_KEY_STORE_PASSWORD",
    ],
    "parts of the address, which KC_DB_URL has whole": [
      "KC_DB_URL_HOST",
      "KC_DB_URL_PORT",
      "KC_DB_URL_DATABASE",
      "KC_DB_URL_PROPERTIES",
    ],
  },
};
