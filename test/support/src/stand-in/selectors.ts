import type { ApiObject } from '@kubectl-checkpoint/core/remote/cluster'

/** Whether `object` meets a `labelSelector` of the API: `a=b,c!=d,e in (f,g),h notin (i),j,!k`. */
export function matchesLabels(object: ApiObject, selector: string): boolean {
  if (selector === '') return true
  const labels = object.metadata.labels ?? {}
  // A comma inside parentheses separates values, any other one requirements.
  return selector.split(/,(?![^(]*\))/).every((requirement) => {
    const set = /^\s*(\S+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(requirement)
    if (set) {
      const [, key = '', operator, values = ''] = set
      const value = labels[key]
      const isIn = value !== undefined && values.split(',').some((one) => one.trim() === value)
      return isIn === (operator === 'in')
    }
    const equality = /^\s*([^\s=!]+)\s*(==?|!=)\s*(\S*)\s*$/.exec(requirement)
    if (equality) {
      const [, key = '', operator, value] = equality
      return (labels[key] === value) === (operator !== '!=')
    }
    const key = requirement.trim()
    return key.startsWith('!') ? labels[key.slice(1)] === undefined : labels[key] !== undefined
  })
}

/** Whether `object` meets a `fieldSelector`: `spec.nodeName=node-a,status.phase!=Running`. */
export function matchesFields(object: ApiObject, selector: string): boolean {
  if (selector === '') return true
  return selector.split(',').every((requirement) => {
    const [, path = '', operator, value] = /^([\w.]+)(==?|!=)(.*)$/.exec(requirement) ?? []
    const field = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], object)
    return ((field ?? '') === value) === (operator !== '!=')
  })
}
