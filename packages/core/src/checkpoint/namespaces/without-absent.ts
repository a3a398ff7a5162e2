/** The same without properties that are undefined: in documents, what isn't known has no name. */
export const withoutAbsent = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, property]) => property !== undefined)) as Value
