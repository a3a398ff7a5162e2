/** What the program is called when nobody says otherwise. */
const ownName = 'kubectl-checkpoint'

const kubectlName = 'kubectl checkpoint'

/** kubectl starts its plugins by their file name, and users know them by the words they typed. */
export const programName = (program: string): string =>
  /(^|[\\/])kubectl-checkpoint(\.exe)?$/i.test(program) ? kubectlName : ownName

/** `text`, written for the program's own name, for how it was started. Both names are of one length. */
export const asStartedBy = (program: string, text: string): string =>
  text.replaceAll(ownName, programName(program))
