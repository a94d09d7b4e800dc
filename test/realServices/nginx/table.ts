import { byHand, type ServiceTable, written } from "../support/table";

/** https://hub.docker.com/_/nginx, https://github.com/nginx/docker-nginx-unprivileged */
export const nginx: ServiceTable = {
  service: "nginx",
  consumers: {
    server: {
      variables: {},
      files: {
        "/etc/nginx/conf.d/default.conf": written("site"),
        "/run/tls/tls.crt": byHand("certificate"),
        "/run/tls/tls.key": byHand("certificate-key"),
        "/run/auth/staff": byHand("staff"),
      },
      process: {
        user: "101",
        ports: [8443],
        writes: ["/tmp", "/var/cache/nginx"],
        runs: ["/docker-entrypoint.sh", "nginx", "-g", "daemon off;"],
        checked: true,
      },
    },
  },
  left: {
    "the configuration is a file of its own, and no template is filled in": [
      "NGINX_HOST",
      "NGINX_PORT",
      "NGINX_ENVSUBST_TEMPLATE_DIR",
      "NGINX_ENVSUBST_TEMPLATE_SUFFIX",
      "NGINX_ENVSUBST_OUTPUT_DIR",
    ],
    "the image's default is right": ["NGINX_ENTRYPOINT_QUIET_LOGS"],
  },
};
