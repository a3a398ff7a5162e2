/**
 * `parent`: in an earlier dump. `lazy`: still on the source host. `not-dumped`: zeros never touched, the content of a
 * file, or no mapping at all; the page map doesn't tell them apart.
 */
export type Hole = 'parent' | 'lazy' | 'not-dumped'
