/** An error as AWS words it: `ResourceExistsException: the rest`. */
export function awsError(code: string, message: string): Error {
  return new Error(`${code}: ${message}`);
}
