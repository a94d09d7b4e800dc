import {
  byHand,
  type ContainerTable,
  generated,
  login,
  plain,
  plainTexts,
  type ServiceTable,
  type Source,
  written,
} from "../support/table";

const token = generated("runners-token", { bytes: 32, encoding: "base64url" });

/** Alike in all three: they are one program. */
const variables: Readonly<Record<string, Source>> = {
  DB_POSTGRESDB_HOST: login("database", "host"),
  DB_POSTGRESDB_PORT: login("database", "port"),
  DB_POSTGRESDB_DATABASE: login("database", "dbname"),
  DB_POSTGRESDB_USER: login("database", "username"),
  DB_POSTGRESDB_PASSWORD: login("database", "password"),
  DB_POSTGRESDB_SSL_CA: written("authorities/database"),
  N8N_ENCRYPTION_KEY: byHand("encryption-key"),
  QUEUE_BULL_REDIS_PASSWORD: byHand("redis-password"),
  N8N_RUNNERS_AUTH_TOKEN: token,
  N8N_SMTP_PASS: byHand("mail-password"),
  ...plainTexts({
    NODE_ENV: "production",
    DB_TYPE: "postgresdb",
    DB_POSTGRESDB_SCHEMA: "public",
    EXECUTIONS_MODE: "queue",
    OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: "true",
    QUEUE_BULL_REDIS_HOST: { staging: "queue.staging.example.com", prod: "queue.example.com" },
    QUEUE_BULL_REDIS_PORT: "6379",
    QUEUE_BULL_REDIS_USERNAME: "n8n",
    QUEUE_BULL_REDIS_TLS: "true",
    QUEUE_HEALTH_CHECK_ACTIVE: "true",
    N8N_RUNNERS_MODE: "external",
    N8N_HOST: { staging: "flows.staging.example.com", prod: "flows.example.com" },
    N8N_PROTOCOL: "https",
    N8N_PROXY_HOPS: "1",
    N8N_EDITOR_BASE_URL: {
      staging: "https://flows.staging.example.com/",
      prod: "https://flows.example.com/",
    },
    WEBHOOK_URL: { staging: "https://hooks.staging.example.com/", prod: "https://hooks.example.com/" },
    N8N_DEFAULT_BINARY_DATA_MODE: "database",
    N8N_EMAIL_MODE: "smtp",
    N8N_SMTP_HOST: "mail.example.com",
    N8N_SMTP_PORT: "465",
    N8N_SMTP_USER: "n8n",
    N8N_SMTP_SENDER: "flows@example.com",
    GENERIC_TIMEZONE: "Europe/Berlin",
  }),
};

/** It runs the code of workflows, apart from what holds the credentials. */
const runners: ContainerTable = {
  variables: {
    N8N_RUNNERS_AUTH_TOKEN: token,
    N8N_RUNNERS_TASK_BROKER_URI: plain("http://localhost:5679"),
  },
  process: { user: "1000:1000", ports: [], writes: ["/tmp"] },
};

const process = { user: "node", ports: [5678], writes: ["/tmp", "/home/node/.n8n"], checked: true };

/** https://github.com/n8n-io/n8n-hosting (withPostgresAndWorker), https://docs.n8n.io/hosting/scaling/queue-mode/ */
export const n8n: ServiceTable = {
  service: "n8n",
  consumers: {
    main: { variables, process, beside: { runners } },
    worker: { variables, process: { ...process, runs: ["worker", "--concurrency=10"] }, beside: { runners } },
    webhook: { variables, process: { ...process, runs: ["webhook"] } },
  },
  left: {
    "those of the database's own container, which a managed database has not": [
      ...["POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB", "PGDATA"],
      ...["POSTGRES_NON_ROOT_USER", "POSTGRES_NON_ROOT_PASSWORD"],
    ],
    "the containers of a task reach each other at localhost": ["N8N_RUNNERS_BROKER_LISTEN_ADDRESS"],
    "given by the authority's certificate": ["DB_POSTGRESDB_SSL_ENABLED"],
    "the database asks for no certificate of its clients": [
      "DB_POSTGRESDB_SSL_CERT",
      "DB_POSTGRESDB_SSL_KEY",
    ],
    "the default is right": [
      ...["DB_TABLE_PREFIX", "DB_POSTGRESDB_POOL_SIZE", "DB_POSTGRESDB_CONNECTION_TIMEOUT"],
      ...["DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED", "QUEUE_BULL_PREFIX", "QUEUE_BULL_REDIS_DB"],
      ...["QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD", "QUEUE_RECOVERY_INTERVAL", "QUEUE_HEALTH_CHECK_PORT"],
      ...["QUEUE_WORKER_LOCK_DURATION", "QUEUE_WORKER_LOCK_RENEW_TIME", "QUEUE_WORKER_STALLED_INTERVAL"],
      ...["QUEUE_WORKER_MAX_STALLED_COUNT", "N8N_INSTALL_METHOD"],
    ],
    "the queue is one server, and no cluster": ["QUEUE_BULL_REDIS_CLUSTER_NODES"],
    "there is one main process": [
      ...["N8N_MULTI_MAIN_SETUP_ENABLED", "N8N_MULTI_MAIN_SETUP_KEY_TTL"],
      "N8N_MULTI_MAIN_SETUP_CHECK_INTERVAL",
    ],
  },
};
