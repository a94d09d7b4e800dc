/**
 * What a runtime calls, in the form of its language: `index.handler`, `example.Handler::handleRequest`, `lib/app.Run`.
 * Lambda takes any text without spaces
 * (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html); no language needs more than this.
 */
export const handlerPattern = /^[\w$.:/+-]{1,128}$/;
