export { RbacError, type RbacErrorCode } from './errors.ts'
export { formatManifest } from './format-manifest.ts'
export { formatRequest } from './format-request.ts'
export {
  defaultReaderNamespace,
  type ManifestObject,
  type ManifestRequest,
  planManifest,
} from './plan-manifest.ts'
export { hasRight, listRights, type Right } from './review-rights.ts'
export {
  parseRoleName,
  type Role,
  type RoleName,
  type Rule,
  type RuleScope,
  roleNames,
  roles,
} from './roles.ts'
export { formatSubject, parseSubject, type Subject, subjectOfUser } from './subject.ts'
