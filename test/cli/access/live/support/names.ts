export const accounts = { security: "111111111111", staging: "222222222222", prod: "333333333333" };
export const { security, staging, prod } = accounts;

/** An account outside the organisation. */
export const stranger = "444444444444";

export const api = "orders-prod-api";
export const database = "orders/prod/database";
export const token = "/orders/prod/partner-token";
