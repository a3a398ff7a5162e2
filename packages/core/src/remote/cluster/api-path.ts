/** A path of the API with everything interpolated percent-encoded: apiPath`/api/v1/namespaces/${namespace}/pods`. */
export const apiPath = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw({ raw: parts }, ...values.map(encodeURIComponent))
