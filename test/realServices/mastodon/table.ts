import {
  byHand,
  type ContainerTable,
  login,
  plainTexts,
  type ServiceTable,
  type Source,
  written,
} from "../support/table";

const domain = { staging: "social.staging.example.com", prod: "social.example.com" };
const authority = "/run/authorities/database.pem";

/** Of every process. */
const shared: Readonly<Record<string, Source>> = {
  DB_HOST: login("database", "host"),
  DB_PORT: login("database", "port"),
  DB_NAME: login("database", "dbname"),
  DB_USER: login("database", "username"),
  DB_PASS: login("database", "password"),
  REDIS_URL: byHand("redis-url"),
  ...plainTexts({
    LOCAL_DOMAIN: domain,
    NODE_ENV: "production",
    BIND: "0.0.0.0",
    DB_SSLMODE: "verify-full",
  }),
};

/** Of those that are Rails. */
const rails: Pick<ContainerTable, "variables" | "files"> = {
  variables: {
    ...shared,
    SECRET_KEY_BASE: byHand("secret-key-base"),
    OTP_SECRET: byHand("otp-secret"),
    ACTIVE_RECORD_ENCRYPTION_PRIMARY_KEY: byHand("encryption-primary-key"),
    ACTIVE_RECORD_ENCRYPTION_DETERMINISTIC_KEY: byHand("encryption-deterministic-key"),
    ACTIVE_RECORD_ENCRYPTION_KEY_DERIVATION_SALT: byHand("encryption-derivation-salt"),
    VAPID_PRIVATE_KEY: byHand("vapid-private-key"),
    VAPID_PUBLIC_KEY: written("vapid-public-key"),
    SMTP_PASSWORD: byHand("mail-password"),
    ...plainTexts({
      RAILS_ENV: "production",
      RAILS_SERVE_STATIC_FILES: "true",
      PGSSLROOTCERT: authority,
      SMTP_SERVER: "mail.example.com",
      SMTP_PORT: "587",
      SMTP_LOGIN: "mastodon",
      SMTP_FROM_ADDRESS: "social@example.com",
      S3_ENABLED: "true",
      S3_BUCKET: { staging: "example-social-staging", prod: "example-social" },
      S3_REGION: "eu-west-1",
      S3_ALIAS_HOST: { staging: "files.social.staging.example.com", prod: "files.social.example.com" },
      ES_ENABLED: "false",
      IP_RETENTION_PERIOD: "31556952",
      SESSION_RETENTION_PERIOD: "31556952",
    }),
  },
  files: { [authority]: written("authorities/database") },
};

const runs = (...command: string[]) => ({
  user: "991",
  writes: ["/tmp", "/opt/mastodon/tmp"],
  runs: ["/usr/bin/tini", "--", "bundle", "exec", ...command],
});

/** https://github.com/mastodon/mastodon/blob/main/.env.production.sample and docker-compose.yml beside it */
export const mastodon: ServiceTable = {
  service: "mastodon",
  consumers: {
    web: {
      ...rails,
      process: { ...runs("puma", "-C", "config/puma.rb"), ports: [3000], checked: true },
      beside: { migrate: { ...rails, process: { ...runs("rails", "db:migrate"), ports: [] } } },
      first: ["migrate"],
    },
    sidekiq: { ...rails, process: { ...runs("sidekiq"), ports: [], checked: true } },
    streaming: {
      variables: { ...shared, ...plainTexts({ NODE_EXTRA_CA_CERTS: authority }) },
      files: { [authority]: written("authorities/database") },
      process: {
        user: "991",
        ports: [4000],
        writes: ["/tmp"],
        runs: ["node", "./streaming/index.js"],
        checked: true,
      },
    },
  },
  left: {
    "the task role reaches the bucket, by no key": ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
    "REDIS_URL has them, and takes precedence": ["REDIS_HOST", "REDIS_PORT"],
    "nothing is searched in full": ["ES_HOST", "ES_PORT", "ES_USER", "ES_PASS"],
    "the database is one server, and its login is given in parts": ["DATABASE_URL", "REPLICA_DATABASE_URL"],
    "the code is the project's own": ["GITHUB_REPOSITORY"],
    "the default is right": ["WEB_CONCURRENCY", "MAX_THREADS", "DB_POOL", "PREPARED_STATEMENTS"],
  },
};
