/** What --direct costs, wherever it is recommended: goes on from `but`. */
export const directCaveat =
  "it sends your credentials to the address in the node's status, where a bearer token could be misused, unlike a " +
  'client certificate.'
