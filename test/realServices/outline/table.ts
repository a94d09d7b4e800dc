import {
  address,
  byHand,
  generated,
  plainTexts,
  type ServiceTable,
  type Source,
  written,
} from "../support/table";

const realm = (path: string) => ({
  staging: `https://login.staging.example.com/realms/staff/protocol/openid-connect/${path}`,
  prod: `https://login.example.com/realms/staff/protocol/openid-connect/${path}`,
});

const texts: Readonly<Record<string, Source>> = plainTexts({
  NODE_ENV: "production",
  URL: { staging: "https://handbook.staging.example.com", prod: "https://handbook.example.com" },
  PORT: "3000",
  WEB_CONCURRENCY: { staging: "1", prod: "2" },
  DEFAULT_LANGUAGE: "en_US",
  NODE_EXTRA_CA_CERTS: "/run/authorities/database.pem",
  FILE_STORAGE: "s3",
  FILE_STORAGE_UPLOAD_MAX_SIZE: "26214400",
  AWS_REGION: "eu-west-1",
  AWS_S3_UPLOAD_BUCKET_URL: {
    staging: "https://example-handbook-staging.s3.eu-west-1.amazonaws.com",
    prod: "https://example-handbook.s3.eu-west-1.amazonaws.com",
  },
  AWS_S3_UPLOAD_BUCKET_NAME: { staging: "example-handbook-staging", prod: "example-handbook" },
  AWS_S3_FORCE_PATH_STYLE: "false",
  AWS_S3_ACL: "private",
  FORCE_HTTPS: "true",
  OIDC_CLIENT_ID: "outline",
  OIDC_AUTH_URI: realm("auth"),
  OIDC_TOKEN_URI: realm("token"),
  OIDC_USERINFO_URI: realm("userinfo"),
  OIDC_USERNAME_CLAIM: "preferred_username",
  OIDC_DISPLAY_NAME: "Company login",
  OIDC_SCOPES: "openid profile email",
  SMTP_HOST: "mail.example.com",
  SMTP_PORT: "465",
  SMTP_SECURE: "true",
  SMTP_USERNAME: "outline",
  SMTP_FROM_EMAIL: "handbook@example.com",
  ENABLE_UPDATES: "false",
  RATE_LIMITER_ENABLED: "true",
  RATE_LIMITER_REQUESTS: "1000",
  RATE_LIMITER_DURATION_WINDOW: "60",
  LOG_LEVEL: "info",
});

/** https://github.com/outline/outline/blob/main/.env.sample, https://github.com/outline/outline/blob/main/Dockerfile */
export const outline: ServiceTable = {
  service: "outline",
  consumers: {
    web: {
      variables: {
        ...texts,
        SECRET_KEY: byHand("secret-key"),
        UTILS_SECRET: generated("utils-token", { bytes: 32, encoding: "hex" }),
        DATABASE_URL: address("database"),
        REDIS_URL: byHand("redis-url"),
        OIDC_CLIENT_SECRET: byHand("sign-in-secret"),
        SMTP_PASSWORD: byHand("mail-password"),
      },
      files: { "/run/authorities/database.pem": written("authorities/database") },
      process: {
        user: "nodejs",
        ports: [3000],
        writes: ["/tmp"],
        runs: ["docker-entrypoint.sh", "yarn", "start"],
        checked: true,
      },
    },
  },
  left: {
    "the task role reaches the bucket, by no key": ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
    "the load balancer ends TLS": ["SSL_KEY", "SSL_CERT"],
    "files lie in S3": ["FILE_STORAGE_LOCAL_ROOT_DIR"],
    "staff sign in by OIDC and in no other way": [
      ...["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
      ...["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_RESOURCE_APP_ID"],
      ...["DISCORD_CLIENT_ID", "DISCORD_CLIENT_SECRET", "DISCORD_SERVER_ID", "DISCORD_SERVER_ROLES"],
    ],
    "the integration is not used": [
      ...["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "GITHUB_WEBHOOK_SECRET", "GITHUB_APP_NAME"],
      ...["GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY", "GITLAB_CLIENT_ID", "GITLAB_CLIENT_SECRET"],
      ...["LINEAR_CLIENT_ID", "LINEAR_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN", "SLACK_APP_ID"],
      ...["SLACK_MESSAGE_ACTIONS", "FIGMA_CLIENT_ID", "FIGMA_CLIENT_SECRET", "DROPBOX_APP_KEY"],
      ...["SENTRY_DSN", "SENTRY_TUNNEL", "NOTION_CLIENT_ID", "NOTION_CLIENT_SECRET"],
      ...["IFRAMELY_URL", "IFRAMELY_API_KEY"],
    ],
    "there is no CDN and no accelerated bucket": [
      ...["CDN_URL", "AWS_S3_ACCELERATE_URL", "AWS_CLOUDFRONT_URL", "AWS_CLOUDFRONT_KEY_PAIR_ID"],
      "AWS_CLOUDFRONT_PRIVATE_KEY",
    ],
    "the default is right": [
      ...["COLLABORATION_URL", "DATABASE_CONNECTION_POOL_MIN", "DATABASE_CONNECTION_POOL_MAX", "PGSSLMODE"],
      ...[
        "REDIS_COLLABORATION_URL",
        "FILE_STORAGE_IMPORT_MAX_SIZE",
        "FILE_STORAGE_WORKSPACE_IMPORT_MAX_SIZE",
      ],
      ...["AWS_S3_UPLOAD_METHOD", "PROXY_IP_HEADER", "PROXY_HEADERS_TRUSTED", "OIDC_LOGOUT_URI"],
      ...["RATE_LIMITER_MULTIPLIER", "DEBUG"],
    ],
    "the relay is named by its host": ["SMTP_SERVICE"],
  },
};
