/** Whether a file is named as kubelets name archives: no other is changed, whatever else lies in their folder. */
export const isKubeletArchive = (fileName: string): boolean => /^checkpoint-.*\.tar$/s.test(fileName)
