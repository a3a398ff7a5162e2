/**
 * Why an archive doesn't hold a process's memory at an address. `parent`: it is in an earlier dump. `lazy`: still on
 * the source host. `not-dumped`: zeros never touched, a file's content, memory shared with others (in images of its
 * own), or no mapping at all; the page map doesn't tell them apart.
 */
export type Hole = 'parent' | 'lazy' | 'not-dumped'
