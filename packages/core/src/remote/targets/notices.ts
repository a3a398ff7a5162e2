/** What the user should know about how targets were understood. Pods are `namespace/name`. */
export type TargetNotice =
  | {
      readonly kind: 'default-container'
      readonly pod: string
      readonly container: string
      readonly others: readonly string[]
    }
  | {
      readonly kind: 'container-skipped'
      readonly pod: string
      readonly container: string
      readonly reason: string
    }
  | { readonly kind: 'pod-skipped'; readonly pod: string; readonly reason: string }
