/** In order of the kernel's numbers. */
export const seccompModes = ['disabled', 'strict', 'filter'] as const

export type SeccompMode = (typeof seccompModes)[number]
