import { address, byHand, generated, plainTexts, type ServiceTable } from "../support/table";

/** https://github.com/documenso/documenso/blob/main/docker/README.md and docker/production/compose.yml beside it */
export const documenso: ServiceTable = {
  service: "documenso",
  consumers: {
    web: {
      variables: {
        NEXTAUTH_SECRET: generated("session-key", { bytes: 32, encoding: "hex" }),
        NEXT_PRIVATE_ENCRYPTION_KEY: byHand("encryption-key"),
        NEXT_PRIVATE_ENCRYPTION_SECONDARY_KEY: byHand("encryption-key-secondary"),
        NEXT_PRIVATE_DATABASE_URL: address("database"),
        NEXT_PRIVATE_DIRECT_DATABASE_URL: address("database"),
        NEXT_PRIVATE_SIGNING_LOCAL_FILE_CONTENTS: byHand("signing-certificate"),
        NEXT_PRIVATE_SIGNING_PASSPHRASE: byHand("signing-passphrase"),
        NEXT_PRIVATE_SMTP_PASSWORD: byHand("mail-password"),
        ...plainTexts({
          PORT: "3000",
          NEXT_PUBLIC_WEBAPP_URL: {
            staging: "https://sign.staging.example.com",
            prod: "https://sign.example.com",
          },
          NEXT_PRIVATE_INTERNAL_WEBAPP_URL: "http://localhost:3000",
          NEXT_PUBLIC_UPLOAD_TRANSPORT: "database",
          NEXT_PUBLIC_DOCUMENT_SIZE_UPLOAD_LIMIT: "10",
          NEXT_PUBLIC_DISABLE_SIGNUP: { staging: "false", prod: "true" },
          NEXT_PRIVATE_SIGNING_TRANSPORT: "local",
          NEXT_PRIVATE_SMTP_TRANSPORT: "smtp-auth",
          NEXT_PRIVATE_SMTP_HOST: "mail.example.com",
          NEXT_PRIVATE_SMTP_PORT: "465",
          NEXT_PRIVATE_SMTP_SECURE: "true",
          NEXT_PRIVATE_SMTP_USERNAME: "documenso",
          NEXT_PRIVATE_SMTP_FROM_NAME: "Contracts",
          NEXT_PRIVATE_SMTP_FROM_ADDRESS: "contracts@example.com",
        }),
      },
    },
  },
  left: {
    "documents lie in the database, and there is no bucket": [
      ...["NEXT_PRIVATE_UPLOAD_ENDPOINT", "NEXT_PRIVATE_UPLOAD_FORCE_PATH_STYLE"],
      ...["NEXT_PRIVATE_UPLOAD_REGION", "NEXT_PRIVATE_UPLOAD_BUCKET"],
      ...["NEXT_PRIVATE_UPLOAD_ACCESS_KEY_ID", "NEXT_PRIVATE_UPLOAD_SECRET_ACCESS_KEY"],
    ],
    "mail goes by SMTP with a login and in no other way": [
      ...["NEXT_PRIVATE_SMTP_APIKEY_USER", "NEXT_PRIVATE_SMTP_APIKEY", "NEXT_PRIVATE_SMTP_SERVICE"],
      ...["NEXT_PRIVATE_SMTP_UNSAFE_IGNORE_TLS", "NEXT_PRIVATE_RESEND_API_KEY"],
      ...["NEXT_PRIVATE_MAILCHANNELS_API_KEY", "NEXT_PRIVATE_MAILCHANNELS_ENDPOINT"],
      ...["NEXT_PRIVATE_MAILCHANNELS_DKIM_DOMAIN", "NEXT_PRIVATE_MAILCHANNELS_DKIM_SELECTOR"],
      "NEXT_PRIVATE_MAILCHANNELS_DKIM_PRIVATE_KEY",
    ],
    "nobody signs in by Google": ["NEXT_PRIVATE_GOOGLE_CLIENT_ID", "NEXT_PRIVATE_GOOGLE_CLIENT_SECRET"],
    "the certificate is given as text, in place of a file": ["NEXT_PRIVATE_SIGNING_LOCAL_FILE_PATH"],
    "nothing is told to PostHog": ["NEXT_PUBLIC_POSTHOG_KEY"],
  },
};
